using Asc.DataPlane.Policies;

namespace Asc.DataPlane.Observability;

/// <summary>The node's own port, for probes and metrics: nothing of it is served to clients, and no client request is served here.</summary>
internal sealed class AdminPort(PolicyHolder policy, RequestDelegate metrics)
{
    public Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path.Value == "/metrics")
        {
            return metrics(http);
        }

        var (status, text) = http.Request.Path.Value switch
        {
            "/healthz" => (200, "ok"),
            "/readyz" => policy.Current is { } current ? (200, $"policy version {current.Version}") : (503, "no policy yet"),
            _ => (404, "not found"),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text + "\n");
    }
}
