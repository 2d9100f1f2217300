using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asc.PolicyFiles;

/// <summary>
/// A YAML parser that fails in one way. The library's own throws whatever its scanner ran into where a text ends or turns in an unforeseen place;
/// that is the text's fault all the same, and where it was read to is known.
/// </summary>
internal sealed class FailureAsSyntaxError : IParser
{
    private readonly Scanner scanner;
    private readonly Parser parser;

    public FailureAsSyntaxError(string text)
    {
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
    }

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException exception) when (exception.Start.Line <= 1 && scanner.CurrentPosition.Line > 1)
        {
            // Of some it tells no place, such as a tab.
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, exception.Message);
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            var position = scanner.CurrentPosition;
            throw new YamlException(position, position, "it ends, or goes on, where something else must stand; look for a bracket or a quote that is not closed", exception);
        }
    }
}
