using Asc.Simulator.Faults;

namespace Asc.Simulator.Replies;

/// <summary>The headers of an answer.</summary>
internal static class ReplyHeaders
{
    /// <summary>Sets those of the exchange's dialect, and on top of them those of a fault.</summary>
    public static void Write(Exchange exchange, Fault? fault)
    {
        var headers = exchange.Context.Response.Headers;
        exchange.Dialect.WriteHeaders(exchange, headers);
        if (fault is null)
        {
            return;
        }

        foreach (var (name, value) in fault.Headers)
        {
            headers[name] = value;
        }
    }
}
