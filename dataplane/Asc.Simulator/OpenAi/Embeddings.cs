using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.OpenAi.Replies;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary><c>POST embeddings</c>.</summary>
internal sealed class Embeddings(ModelCatalogue catalogue, FaultBoard faults, FaultGate gate, Pacing pacing, JsonReply json)
{
    public Task AnswerAsync(Exchange exchange) => AnswerForAsync(exchange, Platform.OpenAi);

    /// <summary>Answers in the way of a platform.</summary>
    public Task AnswerForAsync(Exchange exchange, Platform platform) => OpenAiBody.ReadAsync(
        exchange,
        body => EmbeddingRules.Check(body, platform.Deployment, catalogue) is { } error ? platform.Reword(error) : null,
        body => AnswerAsync(exchange, new EmbeddingRequest(body, catalogue.FindEmbedding(platform.Deployment ?? body.TextOf("model")!)!)));

    private async Task AnswerAsync(Exchange exchange, EmbeddingRequest request)
    {
        var fault = faults.Take(exchange, request.Model.Name);
        if (await gate.AnsweredAsync(exchange, fault, streams: false))
        {
            return;
        }

        await pacing.FirstTokenAsync(exchange.Aborted);
        var usage = new EmbeddingUsage(request.PromptTokens);
        exchange.Usage = usage;
        await json.SendAsync(exchange, EmbeddingJsonWriter.Write(request, fault?.Kind == FaultKind.NoUsage ? null : usage), fault);
    }
}
