using Asc.Simulator.OpenAi.Replies;

namespace Asc.Simulator.OpenAi;

/// <summary>Admits callers that bring a good key and turns away the rest.</summary>
internal sealed class OpenAiDoor(KeyRing keys, ErrorReply errors)
{
    private const string Scheme = "Bearer ";

    public Task EnterAsync(HttpContext context, string method, Func<Exchange, Task> answer)
    {
        var exchange = Exchange.Of(context);
        if (exchange.Region.Length == 0)
        {
            return RefusePathAsync(context);
        }

        return Refusal(exchange, method) is { } refusal ? errors.SendAsync(exchange, refusal) : answer(exchange);
    }

    public Task RefusePathAsync(HttpContext context) => errors.SendAsync(
        Exchange.Of(context), OpenAiError.UnknownUrl(context.Request.Method, context.Request.Path));

    private OpenAiError? Refusal(Exchange exchange, string method)
    {
        var request = exchange.Context.Request;
        if (request.Method != method)
        {
            return OpenAiError.MethodNotAllowed(request.Method, request.Path);
        }

        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return OpenAiError.NoKey();
        }

        var key = authorization[Scheme.Length..].Trim();
        return keys.Accepts(exchange.Region, exchange.Protocol, key) ? null
            : key.Length == 0 ? OpenAiError.NoKey()
            : OpenAiError.WrongKey(key);
    }
}
