using Asc.DataPlane.Providers;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire;

/// <summary>Which of a client's headers a provider sees. A seam: tests prove that without it they fail.</summary>
internal interface IClientHeaderFilter
{
    void Forward(IHeaderDictionary client, bool traceContext, UpstreamHeaders upstream);
}

/// <summary>The closed list of the contract; whatever else a client sends, its key above all, stays here.</summary>
internal sealed class ClientHeaderFilter : IClientHeaderFilter
{
    private const int ValueMaximum = 1024;

    public void Forward(IHeaderDictionary client, bool traceContext, UpstreamHeaders upstream)
    {
        Copy(client.Accept, "Accept", upstream);
        if (traceContext)
        {
            Copy(client.TraceParent, "traceparent", upstream);
            Copy(client.TraceState, "tracestate", upstream);
        }
    }

    private static void Copy(StringValues values, string name, UpstreamHeaders upstream)
    {
        // What HTTP can't carry on stays here: it is the client's fault, and must not look like the provider's.
        if (values.Count > 0 && values[0] is { Length: <= ValueMaximum } value && HeaderValue.CanCarry(value))
        {
            upstream.Add(name, value);
        }
    }
}
