using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asc.PolicyFiles;

/// <summary>
/// YAML text to nodes, by the event API: nothing is converted, nothing is guessed. Anchors and tags are refused: policy reads as it stands.
/// </summary>
internal sealed class YamlReader(string file, Action<FileProblem> report)
{
    private const int DepthMaximum = 32;

    /// <summary>The documents of <paramref name="text"/>; up to the first syntax error, which is reported.</summary>
    public IReadOnlyList<(YamlNode Root, int LastLine)> Read(string text)
    {
        var documents = new List<(YamlNode, int)>();
        try
        {
            var parser = new FailureAsSyntaxError(text);
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out _))
            {
                parser.Consume<DocumentStart>();
                var root = ReadNode(parser, 0);
                var end = parser.Consume<DocumentEnd>();
                documents.Add((root, (int)end.End.Line));
            }
        }
        catch (YamlException exception)
        {
            var message = exception.InnerException is YamlException inner ? inner.Message : exception.Message;
            Report((int)exception.Start.Line, (int)exception.Start.Column, "", "syntax", $"this is not YAML: {message}", "mend the syntax; what follows was not read");
        }

        return documents;
    }

    private YamlNode ReadNode(IParser parser, int depth)
    {
        var next = parser.Current ?? throw new YamlException("the text ends in the middle");
        var (line, column) = ((int)next.Start.Line, (int)next.Start.Column);
        if (depth > DepthMaximum)
        {
            throw new YamlException(next.Start, next.End, $"it is nested more than {DepthMaximum} deep");
        }

        switch (next)
        {
            case AnchorAlias:
            case NodeEvent { Anchor.IsEmpty: false }:
                throw new YamlException(next.Start, next.End, "anchors and aliases are not used in policy files: write it out");
            case Scalar scalar:
                parser.MoveNext();
                return new YamlScalar(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart:
                parser.MoveNext();
                var items = new List<YamlNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(ReadNode(parser, depth + 1));
                }

                return new YamlSequence(line, column, items);
            default:
                return ReadMapping(parser, line, column, depth);
        }
    }

    private YamlMapping ReadMapping(IParser parser, int line, int column, int depth)
    {
        parser.Consume<MappingStart>();
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(parser, depth + 1) is not YamlScalar key)
            {
                throw new YamlException(new Mark(0, line, column), new Mark(0, line, column), "a key must be a plain word");
            }

            var value = ReadNode(parser, depth + 1);
            if (entries.Find(entry => entry.Key.Value == key.Value) is { Key: { } first })
            {
                Report(key.Line, key.Column, key.Value, "duplicate", $"\"{key.Value}\" stands twice in one object, first in line {first.Line}", "keep one");
            }
            else
            {
                entries.Add((key, value));
            }
        }

        return new YamlMapping(line, column, entries);
    }

    private void Report(int line, int column, string path, string code, string message, string fix) =>
        report(new(Policy.Validation.ProblemSeverity.Error, file, line, column, path, code, message, fix));
}
