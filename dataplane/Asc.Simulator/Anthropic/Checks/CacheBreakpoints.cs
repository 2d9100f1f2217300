using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Breakpoints of the prompt cache: at most four, and longer-lived ones before shorter-lived.</summary>
internal static class CacheBreakpoints
{
    private const int MaxCount = 4;

    public static AnthropicError? Check(RequestTerms terms)
    {
        var lives = Holders(terms.Body).Select(holder => holder.TryGetPresent("cache_control", out var control) ? Life(control) : null)
            .OfType<string>().ToList();
        if (lives.Count > MaxCount)
        {
            return AnthropicError.Invalid($"A maximum of {MaxCount} blocks with cache_control may be provided. Found {lives.Count}.");
        }

        var firstShort = lives.IndexOf("5m");
        return firstShort >= 0 && lives.LastIndexOf("1h") > firstShort
            ? AnthropicError.Invalid(
                "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. "
                + "Note that blocks are processed in the following order: `tools`, `system`, `messages`.")
            : null;
    }

    private static string Life(JsonElement control) => control.TextOf("ttl") ?? "5m";

    // The request's own breakpoint goes to its last block.
    private static IEnumerable<JsonElement> Holders(JsonElement body) =>
        [.. Items(body, "tools"), .. Items(body, "system"), .. MessageContent.All(body.GetProperty("messages")), body];

    private static IEnumerable<JsonElement> Items(JsonElement body, string name) =>
        body.TryGetPresent(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
