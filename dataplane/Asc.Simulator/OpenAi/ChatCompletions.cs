using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.OpenAi.Replies;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary><c>POST chat/completions</c>.</summary>
internal sealed class ChatCompletions(
    ModelCatalogue catalogue, AnswerComposer composer, FaultBoard faults, FaultGate gate, Pacing pacing,
    JsonReply json, ChatStreamReply stream)
{
    public async Task AnswerAsync(Exchange exchange)
    {
        if (!exchange.Context.Request.HasJsonContentType())
        {
            await ErrorReply.SendAsync(exchange, OpenAiError.ContentType(exchange.Context.Request.ContentType));
            return;
        }

        using var document = WireJson.Parse(exchange.Body);
        if (document is null)
        {
            await ErrorReply.SendAsync(exchange, OpenAiError.NotJson());
        }
        else if (ChatRequestCheck.Check(document.RootElement, catalogue) is { } error)
        {
            await ErrorReply.SendAsync(exchange, error);
        }
        else
        {
            await AnswerAsync(exchange, new ChatRequest(document.RootElement));
        }
    }

    private async Task AnswerAsync(Exchange exchange, ChatRequest request)
    {
        var fault = faults.Take(exchange.Region, exchange.Protocol, request.Model);
        if (!await gate.AnsweredAsync(exchange, fault, request.Stream))
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
}
