using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Faults;
using Asc.Simulator.Mistral.Checks;
using Asc.Simulator.Mistral.Replies;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary><c>POST embeddings</c>.</summary>
internal sealed class Embeddings(MistralBody bodies, FaultBoard faults, FaultGate gate, Pacing pacing, JsonReply json)
{
    public Task AnswerAsync(Exchange exchange) => bodies.ReadAsync(
        exchange, RequestShapes.Embeddings, MistralAbilities.Embeddings, ModelRules.Embeddings,
        (body, model) => AnswerAsync(exchange, new EmbeddingRequest(body, model)));

    private async Task AnswerAsync(Exchange exchange, EmbeddingRequest request)
    {
        var fault = faults.Take(exchange, request.Model.Name);
        if (await gate.AnsweredAsync(exchange, fault, streams: false))
        {
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        var usage = new MistralUsage(request.PromptTokens, 0, null, null);
        exchange.Usage = usage;
        await json.SendAsync(exchange, Write(request, fault?.Kind == FaultKind.NoUsage ? null : usage), fault);
    }

    private static ReadOnlyMemory<byte> Write(EmbeddingRequest request, MistralUsage? usage)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(body, WireJson.Writing);
        writer.WriteStartObject();
        writer.WriteString("id", Guid.NewGuid().ToString("N"));
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "embedding");
            writer.WritePropertyName("embedding");
            EmbeddingData.Write(writer, EmbeddingVector.Of(request.Inputs[i], request.Dimensions), request);
            writer.WriteNumber("index", i);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model", request.Model.Name);
        if (usage is not null)
        {
            writer.WritePropertyName("usage");
            usage.Write(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return body.WrittenMemory;
    }
}
