using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// Reads the body of a request of texts and no conversation once, as <c>POST fim/completions</c> and <c>POST embeddings</c>: finds what ASC needs and refuses what
/// makes the provider act, keep or fetch. Allocates nothing for a request that passes.
/// </summary>
internal ref struct TextRequestReader
{
    private readonly Operation operation;
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice metadata;
    private MaxOutput maxOutput;
    private bool stream;
    private bool hasText;
    private int textBytes;

    private TextRequestReader(ReadOnlySpan<byte> bytes, Operation operation)
    {
        body = new BodyReader(bytes);
        this.operation = operation;
        // An embedding is not generated, and nobody is to bound it.
        maxOutput = operation == Operation.MistralEmbeddings ? new(0, null, 0, default) : default;
    }

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? ReadFim(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.MistralFim, out request);

    /// <inheritdoc cref="ReadFim"/>
    public static GatewayError? ReadEmbeddings(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.MistralEmbeddings, out request);

    private readonly bool Generates => operation == Operation.MistralFim;

    private readonly string TextName => Generates ? "prompt" : "input";

    private static GatewayError? Read(ReadOnlySpan<byte> body, Operation operation, out ModelRequest request)
    {
        var read = new TextRequestReader(body, operation);
        try
        {
            request = read.ReadRoot();
            return read.body.Error;
        }
        catch (JsonException exception)
        {
            request = default;
            return BodyReader.NotJson(exception);
        }
        catch (InvalidOperationException)
        {
            request = default;
            return BodyReader.NotText();
        }
    }

    private ModelRequest ReadRoot()
    {
        if (!body.EntersBody())
        {
            return default;
        }

        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            ReadTopLevel(name);
        }

        var end = body.Position;
        body.ExpectEnd();
        if (body.Error is null && model.IsEmpty)
        {
            body.Invalid("\"model\" is missing: name a model or a route.", "model");
        }

        if (body.Error is null && !hasText)
        {
            body.Invalid($"\"{TextName}\" is missing.", TextName);
        }

        // Of a body that is wrong the name all the same, for the record.
        return body.Error is not null
            ? default(ModelRequest) with { Model = model }
            : default(ModelRequest) with
            {
                Model = model, Stream = stream, Metadata = metadata, End = end, MaxOutput = maxOutput,
                Shape = new(stream ? Capabilities.Streaming : 0, textBytes / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0, operation),
            };
    }

    private void ReadTopLevel(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = body.ReadString("model");
        }
        else if (Generates ? name.SequenceEqual("prompt"u8) || name.SequenceEqual("suffix"u8) : name.SequenceEqual("input"u8))
        {
            hasText |= !name.SequenceEqual("suffix"u8);
            textBytes += body.SkipSlice().Length;
        }
        else if (Generates && name.SequenceEqual("stream"u8))
        {
            stream = body.ReadFlag("stream");
        }
        else if (Generates && name.SequenceEqual("max_tokens"u8))
        {
            var at = new JsonSlice(body.Position, body.End - body.Position);
            maxOutput = new(body.ReadCount("max_tokens"), null, 0, body.Json.TokenType == JsonTokenType.Null ? at : default);
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
