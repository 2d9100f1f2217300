using Asc.Simulator.Replies;

namespace Asc.Simulator.Dialects;

/// <summary>Admits callers that a dialect has nothing to say against and turns away the rest.</summary>
internal static class Door
{
    public static Task EnterAsync(HttpContext context, string method, Func<Exchange, Task> answer)
    {
        var exchange = Exchange.Of(context);
        if (exchange.Region.Length == 0)
        {
            return RefusePathAsync(context);
        }

        var refusal = context.Request.Method == method
            ? exchange.Dialect.Refusal(exchange)
            : exchange.Dialect.WrongMethod(context.Request);
        return refusal is null ? answer(exchange) : ErrorReply.SendAsync(exchange, refusal);
    }

    public static Task RefusePathAsync(HttpContext context)
    {
        var exchange = Exchange.Of(context);
        return ErrorReply.SendAsync(exchange, exchange.Dialect.UnknownPath(context.Request));
    }
}
