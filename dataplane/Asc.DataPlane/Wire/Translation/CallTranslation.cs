using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Resilience;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>One call to a provider that speaks another protocol than the client: the request in its words, and its answer in the client's.</summary>
internal sealed class CallTranslation : TranslatedCall
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly AnswerReader reader;
    private readonly AnswerWriter writer;

    public CallTranslation(AnswerReader reader, AnswerWriter writer) => (this.reader, this.writer) = (reader, writer);

    /// <inheritdoc cref="AnswerWriter.Events"/>
    public int Events => writer.Events;

    /// <inheritdoc cref="TranslatedCall.Of"/>
    public static new CallTranslation Of(Attempt attempt, int keptMaximum)
    {
        var (exchange, candidate, provider) = (attempt.Exchange, attempt.Candidate, attempt.Dialect);
        var endpoint = exchange.Endpoint!;
        var identity = AnswerIdentity.Of(exchange, candidate);
        var request = new PooledBody();
        try
        {
            var written = WriteRequest(exchange.Body.Memory, endpoint.ReadConversation!, provider, identity.Target!.Value with { WithoutReasoning = attempt.WithoutReasoning }, request);
            var writer = endpoint.NewAnswerWriter!(identity with { Written = written }, exchange.Request.Stream);
            writer.KeptMaximum = keptMaximum;
            return new(provider.NewAnswerReader(new(written.Begun, IsHeard: endpoint.Operation == Operation.MistralChat)), writer) { Request = request, Lost = written.Lost };
        }
        catch
        {
            request.Clear();
            throw;
        }
    }

    /// <summary>Puts a request that its endpoint has read already into a provider's words.</summary>
    /// <exception cref="UntranslatableException">The request is not what its protocol permits, or can't be said in the provider's.</exception>
    public static WrittenRequest WriteRequest(ReadOnlyMemory<byte> body, ReadConversation read, ProviderDialect provider, in TranslationTarget target, IBufferWriter<byte> request)
    {
        try
        {
            using var document = Parse(body);
            using var json = new Utf8JsonWriter(request, Compact);
            // Writers copy most texts as they are written, and would have the provider find it out.
            var said = JsonStringText.HasHalfCharacter(body.Span) ? throw new UntranslatableException(BodyReader.NotText()) : read(document.RootElement);
            said.Lost |= target.Dropped;
            if (said is { Tools.Count: 0, ToolChoice.Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
            {
                throw new UntranslatableException("\"tool_choice\" demands a call, and \"tools\" declares no tool.", "tool_choice");
            }

            provider.WriteBody(json, said, target);
            json.Flush();
            return new(said.Begun(), said.Lost, said.ToldEffort);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            throw new UntranslatableException(BodyReader.NotText());
        }
    }

    /// <summary>Passes one event of a stream on.</summary>
    /// <inheritdoc cref="AnswerReader.ReadEvent"/>
    public StreamEvent PassEvent(ReadOnlySpan<byte> data, IBufferWriter<byte> client)
    {
        ExpectText(data);
        writer.Output = client;
        return reader.ReadEvent(data, writer);
    }

    /// <inheritdoc cref="AnswerWriter.KeepAlive"/>
    public void KeepAlive(IBufferWriter<byte> client)
    {
        writer.Output = client;
        writer.KeepAlive();
    }

    /// <summary>The stream is complete.</summary>
    public void EndStream(in TokenUsage usage, IBufferWriter<byte> client)
    {
        writer.Output = client;
        reader.End(writer);
        writer.End(usage);
    }

    /// <inheritdoc/>
    public override void PassWhole(ReadOnlySpan<byte> answer, in TokenUsage usage)
    {
        ExpectText(answer);
        writer.Output = Answer;
        reader.ReadWhole(answer, writer);
        reader.End(writer);
        writer.End(usage);
    }

    // Nothing that reads JSON looks at the bytes of its strings, and these are copied.
    private static void ExpectText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("not UTF-8");
        }
    }

    /// <summary>A request's body that its endpoint has read already.</summary>
    /// <exception cref="UntranslatableException">A name stands twice in it.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException)
        {
            // What was read before is JSON, so that this is a name that stands twice where nobody had looked.
            var name = RepeatedName.In(body.Span);
            throw new UntranslatableException(new GatewayError(ErrorCode.InvalidRequest, $"Refused: the property \"{name}\" stands twice in one object: send it once.", name));
        }
    }
}
