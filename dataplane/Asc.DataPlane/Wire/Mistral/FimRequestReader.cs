using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// Reads the body of <c>POST fim/completions</c> once: finds what ASC needs and refuses what makes the provider act, keep or fetch. Allocates nothing for a
/// request that passes.
/// </summary>
internal ref struct FimRequestReader : IRequestReader
{
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice metadata;
    private MaxOutput maxOutput;
    private bool stream;
    private bool hasPrompt;
    private int promptBytes;

    private FimRequestReader(ReadOnlySpan<byte> bytes) => body = new BodyReader(bytes);

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request)
    {
        var read = new FimRequestReader(body);
        return BodyReader.Read(ref read, out request);
    }

    [UnscopedRef]
    public ref BodyReader Body => ref body;

    public readonly JsonSlice Model => model;

    public void ExpectRequired()
    {
        if (!hasPrompt)
        {
            body.Invalid("\"prompt\" is missing: it is what is completed.", "prompt");
        }
    }

    public readonly ModelRequest Made(int end) => default(ModelRequest) with
    {
        Model = model, Stream = stream, Metadata = metadata, End = end, MaxOutput = maxOutput,
        Shape = new(stream ? Capabilities.Streaming : 0, promptBytes / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0, Operation.MistralFim),
    };

    public void ReadField(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = body.ReadString("model");
        }
        else if (name.SequenceEqual("prompt"u8) || name.SequenceEqual("suffix"u8))
        {
            hasPrompt |= name.SequenceEqual("prompt"u8);
            promptBytes += body.SkipSlice().Length;
        }
        else if (name.SequenceEqual("stream"u8))
        {
            stream = body.ReadFlag("stream");
        }
        else if (name.SequenceEqual("max_tokens"u8))
        {
            var at = new JsonSlice(body.Position, body.End - body.Position);
            maxOutput = new(body.ReadCount("max_tokens"), null, 0, default) { MaxTokensNull = body.Json.TokenType == JsonTokenType.Null ? at : default };
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            metadata = body.SkipSlice();
        }
        else if (ActingFields.Problem(name, ref body.Json) is { } problem)
        {
            body.Unsupported(name, problem);
        }
        else
        {
            body.Skip();
        }
    }
}
