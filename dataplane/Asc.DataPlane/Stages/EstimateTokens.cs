using System.Globalization;
using System.Text;
using Asc.DataPlane.Wire;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that who asks how long a prompt is hears it, where the provider that would serve the prompt can't be asked: an estimate, and told to be one.
/// </summary>
internal sealed class EstimateTokens(NodeIdentity node, TimeProvider clock) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange) =>
        exchange.Endpoint!.Operation == Operation.CountTokens && !exchange.Candidate!.Provider.Has(Operation.CountTokens) ? AnswerAsync(exchange) : new(true);

    private async ValueTask<bool> AnswerAsync(GatewayExchange exchange)
    {
        var body = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"input_tokens\":{Math.Max(1, exchange.PromptTokens)}}}"));
        var response = exchange.Http.Response;
        ResponseHeaders.Write(exchange, node, clock);
        response.Headers["x-asc-estimated"] = "true";
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, exchange.Http.RequestAborted);
        return false;
    }
}
