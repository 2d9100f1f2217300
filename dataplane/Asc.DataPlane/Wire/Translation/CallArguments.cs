using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Arguments of a call in a request: a string of JSON with OpenAI, an object elsewhere; with Mistral either.</summary>
internal static class CallArguments
{
    /// <summary>How deep they may be, which are no part of a body until they are said as an object.</summary>
    public const int DepthMaximum = 1000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMaximum };

    /// <summary>JSON of an object.</summary>
    /// <param name="call">What has <c>arguments</c>.</param>
    /// <param name="path">Theirs, for errors.</param>
    /// <param name="read">Is told where they are not whole.</param>
    /// <exception cref="UntranslatableException">They are none.</exception>
    public static ReadOnlyMemory<byte> Of(JsonElement call, string path, Conversation read)
    {
        if (call.Member("arguments"u8) is { ValueKind: JsonValueKind.Object } whole)
        {
            return JsonMarshal.GetRawUtf8Value(whole).ToArray();
        }

        var arguments = call.OptionalString("arguments"u8, path);
        if (!arguments.IsText() || arguments.GetString() is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return "{}"u8.ToArray();
        }

        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            using var parsed = JsonDocument.Parse(json, Options);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UntranslatableException($"\"{path}\" must be the JSON of an object.", path);
            }
        }
        catch (JsonException)
        {
            // As the model wrote them, where its answer was cut off within them. Heard of a provider they are the same.
            read.Lost |= RequestFeatures.CutArguments;
            return "{}"u8.ToArray();
        }

        return JsonStringText.HasHalfCharacter(json) ? throw new UntranslatableException($"\"{path}\" holds a string that is not Unicode text (a lone surrogate).", path) : json;
    }
}
