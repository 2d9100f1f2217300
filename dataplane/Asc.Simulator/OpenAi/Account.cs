using Asc.Simulator.Dialects;

namespace Asc.Simulator.OpenAi;

/// <summary>Whose a request is, as far as caches and sealed contents go: the key's, in each region anew.</summary>
internal static class Account
{
    public static string Of(Exchange exchange) =>
        $"{exchange.Region} {BearerKey.Of(exchange.Context.Request) ?? exchange.Context.Request.Headers["api-key"].ToString()}";
}
