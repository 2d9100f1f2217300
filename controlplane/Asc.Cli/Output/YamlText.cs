using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asc.Cli.Output;

/// <summary>JSON as YAML.</summary>
internal static class YamlText
{
    public static void Write(JsonElement value, TextWriter output)
    {
        var emitter = new Emitter(output, new EmitterSettings(2, int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(value, emitter);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Write(JsonElement value, Emitter emitter)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, MappingStyle.Block));
                foreach (var property in value.EnumerateObject())
                {
                    emitter.Emit(new Scalar(property.Name));
                    Write(property.Value, emitter);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, value.GetArrayLength() == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, emitter);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                // Quoted wherever a plain scalar would read as something else.
                var text = value.GetString()!;
                emitter.Emit(new Scalar(null, null, text, NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any, isPlainImplicit: true, isQuotedImplicit: true));
                break;
            default:
                emitter.Emit(new Scalar(value.ValueKind == JsonValueKind.Null ? "null" : value.GetRawText()));
                break;
        }
    }

    private static bool NeedsQuotes(string text) =>
        text.Length == 0 || text is "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "~" || char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.';
}
