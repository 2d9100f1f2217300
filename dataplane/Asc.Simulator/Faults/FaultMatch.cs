namespace Asc.Simulator.Faults;

/// <summary>Which requests a fault applies to; a null field matches anything.</summary>
/// <param name="Region">A region's name, or a prefix ending in <c>*</c>.</param>
/// <param name="Protocol">A protocol's name, e.g. <c>openai</c>, or a prefix ending in <c>*</c>.</param>
/// <param name="Model">A model's name as asked for, or a prefix ending in <c>*</c>.</param>
public sealed record FaultMatch(string? Region = null, string? Protocol = null, string? Model = null)
{
    /// <summary>Matches every request.</summary>
    public static FaultMatch Any { get; } = new();

    internal bool Covers(string region, string protocol, string? model) =>
        (Region is null || NamePattern.Matches(Region, region))
        && (Protocol is null || NamePattern.Matches(Protocol, protocol))
        && (Model is null || NamePattern.Matches(Model, model ?? ""));
}
