using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads the body of <c>POST embeddings</c> once, OpenAI's or Mistral's. None of its fields makes a provider act, keep or fetch. Allocates nothing for a request that passes.</summary>
internal ref struct EmbeddingsRequestReader : IRequestReader
{
    private readonly Operation operation;
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice metadata;
    private long longestInput;
    private bool hasInput;
    private bool asksForBase64;
    private RequestFeatures features;

    private EmbeddingsRequestReader(ReadOnlySpan<byte> bytes, Operation operation)
    {
        body = new BodyReader(bytes);
        this.operation = operation;
    }

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.Embeddings, out request);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, out ModelRequest)"/>
    public static GatewayError? ReadMistrals(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.MistralEmbeddings, out request);

    private static GatewayError? Read(ReadOnlySpan<byte> body, Operation operation, out ModelRequest request)
    {
        var read = new EmbeddingsRequestReader(body, operation);
        return BodyReader.Read(ref read, out request);
    }

    [UnscopedRef]
    public ref BodyReader Body => ref body;

    public readonly JsonSlice Model => model;

    public void ExpectRequired()
    {
        if (!hasInput)
        {
            body.Invalid("\"input\" is missing: it is what is embedded.", "input");
        }
    }

    public readonly ModelRequest Made(int end) => default(ModelRequest) with
    {
        Model = model, Metadata = metadata, End = end, MaxOutput = MaxOutput.Nothing, Shape = new(PromptTokens: longestInput, Operation: operation, Features: features),
        AsksForBase64 = asksForBase64, Notes = body.Notes,
    };

    public void ReadField(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = body.ReadString("model");
        }
        else if (name.SequenceEqual("input"u8))
        {
            hasInput = body.Json.TokenType is JsonTokenType.String or JsonTokenType.StartArray || body.Invalid("\"input\" must be a text, or an array of texts or tokens.", "input");
            features |= IsOfTokens(body.Json) ? RequestFeatures.TokenInput : RequestFeatures.None;
            ReadInput();
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            metadata = body.SkipSlice();
        }
        else
        {
            asksForBase64 |= name.SequenceEqual("encoding_format"u8) && body.Is("base64"u8);
            features |= body.Noted(FeaturesOf(name));
            body.Skip();
        }
    }

    // A context window is each input's own: however many come together, only the longest matters to it.
    private void ReadInput()
    {
        if (body.Json.TokenType != JsonTokenType.StartArray)
        {
            longestInput = TextTokensHere();
            body.Skip();
            return;
        }

        var tokens = 0;
        while (body.NextElement())
        {
            tokens += body.Json.TokenType == JsonTokenType.Number ? 1 : 0;
            longestInput = Math.Max(longestInput, body.Json.TokenType == JsonTokenType.StartArray ? CountTokens() : TextTokensHere());
            body.Skip();
        }

        longestInput = Math.Max(longestInput, tokens);
    }

    private readonly long TextTokensHere() => body.Json.TokenType == JsonTokenType.String ? body.Json.ValueSpan.Length / UsageMeter.BytesPerToken : 0;

    // Ends on the array's end.
    private long CountTokens()
    {
        var tokens = 0L;
        while (body.NextElement())
        {
            tokens++;
            body.Skip();
        }

        return tokens;
    }

    // Of a copy: what is looked at is read afterwards.
    private static bool IsOfTokens(Utf8JsonReader input) => input.TokenType == JsonTokenType.StartArray && input.Read() && input.TokenType is JsonTokenType.Number or JsonTokenType.StartArray;

    private readonly RequestFeatures FeaturesOf(scoped ReadOnlySpan<byte> name) =>
        body.Json.TokenType == JsonTokenType.Null || name.SequenceEqual("encoding_format"u8) ? RequestFeatures.None
        : operation == Operation.Embeddings ? name.SequenceEqual("dimensions"u8) ? RequestFeatures.None : name.SequenceEqual("user"u8) ? RequestFeatures.EndUser : RequestFeatures.OtherFields
        : name.SequenceEqual("output_dimension"u8) ? RequestFeatures.None
        : !name.SequenceEqual("output_dtype"u8) ? RequestFeatures.OtherFields
        : body.Is("float"u8) ? RequestFeatures.None
        : RequestFeatures.VectorTypes;
}
