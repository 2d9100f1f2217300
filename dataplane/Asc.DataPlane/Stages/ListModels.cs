using Asc.DataPlane.Wire;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that who asks which names it may ask for has its answer, and that nothing of it goes further. Listed is what policy lets be served to a request
/// that says nothing of itself; what a limit, a health or the request's own shape would say is no matter of names.
/// </summary>
internal sealed class ListModels(NodeIdentity node, TimeProvider clock) : IStage
{
    public ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var request = exchange.Http.Request;
        if (exchange.Endpoint is not null || !ModelListPath.TryParse(request.Path, out var id))
        {
            return new(true);
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            exchange.Http.Response.Headers.Allow = HttpMethods.Get;
            exchange.Fail(ErrorCode.MethodNotAllowed, $"{request.Path} takes GET, not {request.Method}.");
            return new(false);
        }

        return id.Length == 0 ? ListAsync(exchange) : DescribeAsync(exchange, id);
    }

    private async ValueTask<bool> ListAsync(GatewayExchange exchange)
    {
        var policy = exchange.Policy!;
        var facts = exchange.Facts;
        var names = policy.Compiled.NamesInOrder.Where(name => PolicyEvaluator.MayAskFor(facts, name)).ToArray();
        if (exchange.Dialect.ModelPageProblem(exchange.Http.Request.Query) is { } problem)
        {
            exchange.Fail(problem);
            return false;
        }

        await AnswerAsync(exchange, exchange.Dialect.ModelList(names, policy.Snapshot.Manifest.PublishedAt.ToDateTimeOffset(), exchange.Http.Request.Query));
        return false;
    }

    private async ValueTask<bool> DescribeAsync(GatewayExchange exchange, string id)
    {
        var policy = exchange.Policy!;
        var name = policy.Compiled.FindName(id);
        if (name is null || !PolicyEvaluator.MayAskFor(exchange.Facts, name))
        {
            // Whether it is there is told to those alone who may use it.
            exchange.Fail(ErrorCode.ModelNotFound, $"There is no model or route \"{id}\" that this key may use. GET the list without it to see which there are.", "model");
            return false;
        }

        await AnswerAsync(exchange, exchange.Dialect.ModelEntry(name, policy.Snapshot.Manifest.PublishedAt.ToDateTimeOffset()));
        return false;
    }

    private async ValueTask AnswerAsync(GatewayExchange exchange, ReadOnlyMemory<byte> body)
    {
        var response = exchange.Http.Response;
        ResponseHeaders.Write(exchange, node, clock);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, exchange.Http.RequestAborted);
    }
}
