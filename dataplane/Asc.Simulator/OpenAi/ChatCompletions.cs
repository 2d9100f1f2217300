using Asc.Simulator.Dialects;
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
    public Task AnswerAsync(Exchange exchange) => AnswerForAsync(exchange, null);

    /// <param name="exchange">The request.</param>
    /// <param name="deployment">The model, where it is known without the body; else null.</param>
    public Task AnswerForAsync(Exchange exchange, string? deployment) => OpenAiBody.ReadAsync(
        exchange,
        body => ChatRequestCheck.Check(body, deployment, catalogue),
        body => AnswerAsync(exchange, new ChatRequest(body, deployment ?? body.TextOf("model")!)));

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
        var answer = composer.Compose(request.Question, $"{exchange.Region} {BearerKey.Of(exchange.Context.Request)}");
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
