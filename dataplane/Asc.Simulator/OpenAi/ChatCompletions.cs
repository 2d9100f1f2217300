using System.Text.Json;
using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.OpenAi.Replies;

namespace Asc.Simulator.OpenAi;

/// <summary><c>POST chat/completions</c>.</summary>
internal sealed class ChatCompletions(
    ModelCatalogue catalogue, AnswerComposer composer, FaultBoard faults, FaultGate gate, Pacing pacing,
    JsonReply json, ChatStreamReply stream, ErrorReply errors)
{
    public async Task AnswerAsync(Exchange exchange)
    {
        if (!exchange.Context.Request.HasJsonContentType())
        {
            await errors.SendAsync(exchange, OpenAiError.ContentType(exchange.Context.Request.ContentType));
            return;
        }

        using var document = Parse(exchange.Body);
        if (document is null)
        {
            await errors.SendAsync(exchange, OpenAiError.NotJson());
        }
        else if (ChatRequestCheck.Check(document.RootElement, catalogue) is { } error)
        {
            await errors.SendAsync(exchange, error);
        }
        else
        {
            await AnswerAsync(exchange, new ChatRequest(document.RootElement));
        }
    }

    private async Task AnswerAsync(Exchange exchange, ChatRequest request)
    {
        var fault = faults.Take(exchange.Region, exchange.Protocol, request.Model);
        if (!await gate.AnsweredAsync(exchange, fault))
        {
            await AnswerAsync(exchange, request, fault);
        }
    }

    private async Task AnswerAsync(Exchange exchange, ChatRequest request, Fault? fault)
    {
        var answer = composer.Compose(request);
        if (request.Stream)
        {
            await stream.SendAsync(exchange, request, answer, fault);
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        exchange.Usage = answer.Usage;
        await json.SendAsync(exchange, ChatJsonWriter.Write(answer, withUsage: fault?.Kind != FaultKind.NoUsage), fault);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
