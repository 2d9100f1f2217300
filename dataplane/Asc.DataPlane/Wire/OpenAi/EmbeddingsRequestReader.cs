using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads the body of <c>POST embeddings</c> once. None of its fields makes a provider act, keep or fetch. Allocates nothing for a request that passes.</summary>
internal ref struct EmbeddingsRequestReader
{
    private BodyReader body;
    private JsonSlice model;
    private int inputBytes;
    private bool hasInput;

    private EmbeddingsRequestReader(ReadOnlySpan<byte> bytes) => body = new BodyReader(bytes);

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request)
    {
        var read = new EmbeddingsRequestReader(body);
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
            if (name.SequenceEqual("model"u8))
            {
                model = body.ReadString("model");
            }
            else if (name.SequenceEqual("input"u8))
            {
                hasInput = body.Json.TokenType is JsonTokenType.String or JsonTokenType.StartArray || body.Invalid("\"input\" must be a text, or an array of texts or tokens.", "input");
                inputBytes = body.SkipSlice().Length;
            }
            else
            {
                body.Skip();
            }
        }

        var end = body.Position;
        body.ExpectEnd();
        if (body.Error is null && model.IsEmpty)
        {
            body.Invalid("\"model\" is missing: name a model or a route.", "model");
        }

        if (body.Error is null && !hasInput)
        {
            body.Invalid("\"input\" is missing: it is what is embedded.", "input");
        }

        return default(ModelRequest) with
        {
            Model = model, End = end, MaxOutput = MaxOutput.Nothing,
            Shape = body.Error is null ? new(PromptTokens: inputBytes / UsageMeter.BytesPerToken, Operation: Operation.Embeddings) : default,
        };
    }
}
