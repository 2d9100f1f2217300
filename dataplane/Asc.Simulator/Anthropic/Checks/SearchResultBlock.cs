using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Search results that a client brings with it.</summary>
internal static class SearchResultBlock
{
    private static readonly Shape Shape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("source", ValueRules.Text, Required: true),
        new Field("title", ValueRules.Text, Required: true),
        new Field("content", TextBlock.List, Required: true),
        DocumentBlock.Citations,
        CacheControl.Field);

    public static AnthropicError? Check(string path, JsonElement block) => Shape.Check(path, block);
}
