using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Responses.Answers;
using Asc.Simulator.OpenAi.Responses.Checks;
using Asc.Simulator.OpenAi.Responses.Replies;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary><c>POST responses</c>: what of it needs no state but what was given before.</summary>
internal sealed class CreateResponse(
    ResponseRequestCheck check, ResponseStore store, ResponseComposer composer, FaultBoard faults, FaultGate gate, Pacing pacing,
    JsonReply json, ResponseStreamReply stream)
{
    public Task AnswerAsync(Exchange exchange) => AnswerForAsync(exchange, Platform.OpenAi);

    /// <summary>Answers in the way of a platform.</summary>
    public Task AnswerForAsync(Exchange exchange, Platform platform) => OpenAiBody.ReadAsync(
        exchange,
        body => check.Check(body, Account.Of(exchange)) is { } error ? platform.Reword(error) : null,
        body => AnswerAsync(exchange, new ResponseRequest(body, store.Find(body.TextOf("previous_response_id") ?? "") ?? StoredResponse.None), platform));

    private async Task AnswerAsync(Exchange exchange, ResponseRequest request, Platform platform)
    {
        var fault = faults.Take(exchange, request.Model);
        if (await gate.AnsweredAsync(exchange, fault, request.Stream))
        {
            return;
        }

        if (platform.Filter(request.Question.UserText) is { } filtered)
        {
            await ErrorReply.SendAsync(exchange, filtered, fault);
            return;
        }

        var answer = composer.Compose(request, Account.Of(exchange));
        if (request.Stream)
        {
            await stream.SendAsync(exchange, answer, fault);
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        exchange.Usage = answer.Usage;
        await json.SendAsync(exchange, ResponseJson.Write(answer, withUsage: fault?.Kind != FaultKind.NoUsage), fault);
    }
}
