using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire.Embeddings;

/// <summary>A call for embeddings to a provider that has other words for them, or other numbers (facts: 3.6). Whoever is asked answers floats, and base64 is made here.</summary>
internal sealed class EmbeddingsTranslation(EmbeddingsWords client, AnswerIdentity identity, bool asBase64) : TranslatedCall
{
    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true };

    /// <exception cref="UntranslatableException">The request is not what its protocol permits.</exception>
    public static EmbeddingsTranslation Of(GatewayExchange exchange, CompiledCandidate candidate, EmbeddingsWords client)
    {
        var translation = new EmbeddingsTranslation(client, AnswerIdentity.Of(exchange), exchange.Request.AsksForBase64) { Lost = candidate.Loses(exchange.Request.Shape) };
        try
        {
            using var body = CallTranslation.Parse(exchange.Body.Memory);
            translation.WriteRequest(body.RootElement, candidate.UpstreamModelJson, EmbeddingsWords.Of(candidate.OperationFor(exchange.Request.Shape)));
            return translation;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            throw new UntranslatableException(BodyReader.NotText());
        }
    }

    /// <inheritdoc/>
    public override void PassWhole(ReadOnlySpan<byte> answer, in TokenUsage usage)
    {
        using var writer = new Utf8JsonWriter(Answer, Compact);
        writer.WriteStartObject();
        if (client.HasId)
        {
            writer.WriteString("id"u8, identity.Id(""));
        }

        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        Vectors.Copy(answer, writer, asBase64);
        writer.WriteEndArray();
        writer.WriteString("model"u8, identity.Model);
        writer.WritePropertyName("usage"u8);
        client.Usage(writer, usage);
        writer.WriteEndObject();
    }

    private void WriteRequest(JsonElement body, ReadOnlyMemory<byte> modelJson, EmbeddingsWords provider)
    {
        if (body.OptionalString("encoding_format"u8, "encoding_format") is var format && format.Exists() && !format.Is("float"u8) && !format.Is("base64"u8))
        {
            throw new UntranslatableException("\"encoding_format\" must be \"float\" or \"base64\".", "encoding_format");
        }

        using var writer = new Utf8JsonWriter(Request, Compact);
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(modelJson.Span, skipInputValidation: true);
        writer.WriteAsRead("input"u8, body.Member("input"u8));
        if (body.OptionalNumber(System.Text.Encoding.ASCII.GetBytes(client.Dimensions), client.Dimensions) is var dimensions && dimensions.Exists())
        {
            writer.WritePropertyName(provider.Dimensions);
            writer.WriteAsRead(dimensions);
        }

        writer.WriteEndObject();
    }
}
