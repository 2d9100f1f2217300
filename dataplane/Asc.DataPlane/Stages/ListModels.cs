using Asc.DataPlane.Wire;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Stages;

/// <summary>
/// Guarantees that who asks which names it may ask for has its answer, and that nothing of it goes further. Listed is what policy lets be served to a request
/// by one of the endpoints of whoever asks; what a limit, a health or the request's own shape would say is no matter of names.
/// </summary>
internal sealed class ListModels(NodeIdentity node, TimeProvider clock) : IStage
{
    private static readonly ILookup<ClientDialect, Operation> Asked = ApiEndpoint.All.ToLookup(static endpoint => endpoint.Dialect, static endpoint => endpoint.Operation);

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
        var names = policy.Compiled.NamesInOrder.Where(name => MayAskFor(exchange, name)).ToArray();
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
        if (name is null || !MayAskFor(exchange, name))
        {
            // Whether it is there is told to those alone who may use it.
            exchange.Fail(ErrorCode.ModelNotFound, $"There is no model or route \"{id}\" that this key may use. GET the list without it to see which there are.", "model");
            return false;
        }

        await AnswerAsync(exchange, exchange.Dialect.ModelEntry(name, policy.Snapshot.Manifest.PublishedAt.ToDateTimeOffset()));
        return false;
    }

    private static bool MayAskFor(GatewayExchange exchange, CompiledName name)
    {
        foreach (var operation in Asked[exchange.Dialect])
        {
            if (PolicyEvaluator.MayAskFor(exchange.Facts, name, operation))
            {
                return true;
            }
        }

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
