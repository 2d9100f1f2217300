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
    public Task AnswerAsync(Exchange exchange) => AnswerForAsync(exchange, Platform.OpenAi);

    /// <summary>Answers in the way of a platform.</summary>
    public Task AnswerForAsync(Exchange exchange, Platform platform) => OpenAiBody.ReadAsync(
        exchange,
        body => ChatRequestCheck.Check(body, platform.Deployment, catalogue) is { } error ? platform.Reword(error) : null,
        body => AnswerAsync(exchange, new ChatRequest(body, platform.Deployment ?? body.TextOf("model")!), platform));

    private async Task AnswerAsync(Exchange exchange, ChatRequest request, Platform platform)
    {
        var fault = faults.Take(exchange, request.Model);
        if (await gate.AnsweredAsync(exchange, fault, request.Stream))
        {
            return;
        }

        if (platform.Filter(request.LastUserText) is { } filtered)
        {
            await ErrorReply.SendAsync(exchange, filtered, fault);
            return;
        }

        var answer = composer.Compose(request.Question, Account.Of(exchange));
        if (request.Stream)
        {
            await stream.SendAsync(exchange, request, answer, platform.Extras, fault);
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        exchange.Usage = answer.Usage;
        await json.SendAsync(exchange, ChatJsonWriter.Write(answer, withUsage: fault?.Kind != FaultKind.NoUsage, platform.Extras), fault);
    }
}
