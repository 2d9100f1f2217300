using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Anthropic.Replies;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic;

/// <summary><c>POST messages</c>.</summary>
internal sealed class Messages(
    MessageBody bodies, MessageComposer composer, FaultBoard faults, FaultGate gate, Pacing pacing, JsonReply json, MessageStreamReply stream)
{
    public Task AnswerAsync(Exchange exchange) =>
        bodies.ReadAsync(exchange, countsOnly: false, (body, model) => AnswerAsync(exchange, new MessageRequest(body, model)));

    private async Task AnswerAsync(Exchange exchange, MessageRequest request)
    {
        var fault = faults.Take(exchange, request.Model.Name);
        if (await gate.AnsweredAsync(exchange, fault, request.Stream))
        {
            return;
        }

        var answer = composer.Compose(request, $"{exchange.Region} {AnthropicHeaders.Key(exchange.Context.Request)}");
        if (request.Stream)
        {
            await stream.SendAsync(exchange, answer, fault);
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        exchange.Usage = answer.Usage;
        await json.SendAsync(exchange, Write(answer, withUsage: fault?.Kind != FaultKind.NoUsage), fault);
    }

    private static ReadOnlyMemory<byte> Write(MessageAnswer answer, bool withUsage)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(body, WireJson.Writing);
        AnswerJson.WriteWhole(writer, answer, withUsage);
        writer.Flush();
        return body.WrittenMemory;
    }
}
