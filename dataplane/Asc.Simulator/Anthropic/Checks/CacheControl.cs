namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The <c>cache_control</c> of a block, a tool or a whole request.</summary>
internal static class CacheControl
{
    private static readonly Union Kinds = new(("ephemeral", new Shape(
        new Field("type", ValueRules.Text, Required: true),
        new Field("ttl", ValueRules.OneOf("5m", "1h"))).Check));

    public static Field Field { get; } = new("cache_control", Kinds.Check);
}
