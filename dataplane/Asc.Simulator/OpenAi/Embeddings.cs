using Asc.Simulator.Faults;
using Asc.Simulator.OpenAi.Checks;
using Asc.Simulator.OpenAi.Replies;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary><c>POST embeddings</c>.</summary>
internal sealed class Embeddings(ModelCatalogue catalogue, FaultBoard faults, FaultGate gate, Pacing pacing, JsonReply json)
{
    public Task AnswerAsync(Exchange exchange) => AnswerForAsync(exchange, null);

    /// <param name="exchange">The request.</param>
    /// <param name="deployment">The model, where it is known without the body; else null.</param>
    public Task AnswerForAsync(Exchange exchange, string? deployment) => OpenAiBody.ReadAsync(
        exchange,
        body => EmbeddingRules.Check(body, deployment, catalogue),
        body => AnswerAsync(exchange, new EmbeddingRequest(body, catalogue.FindEmbedding(deployment ?? body.TextOf("model")!)!)));

    private async Task AnswerAsync(Exchange exchange, EmbeddingRequest request)
    {
        var fault = faults.Take(exchange.Region, exchange.Protocol, request.Model.Name);
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
