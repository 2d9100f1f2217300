namespace Asc.Policy.Evaluation;

/// <summary>What the node knows and draws for a decision; recorded, so that it can be derived again.</summary>
/// <param name="Unhealthy">A bit for each candidate of the serving name, by its place, that is known to fail.</param>
/// <param name="Resting">A bit for each candidate that asked to be left alone: it is asked after the others.</param>
/// <param name="Limited">A bit for each candidate whose model is at one of its limits: it is asked last.</param>
/// <param name="Draw">A number drawn at random, or that which a sticky request always has.</param>
/// <param name="IsSticky">Whether it is a sticky request's.</param>
/// <param name="Latencies">By place, how long a candidate would take, in any unit; null: nothing is known.</param>
/// <param name="Day">The day that prices are of, as <see cref="DateOnly.DayNumber"/>.</param>
public readonly record struct RoutingInputs(
    ulong Unhealthy = 0, ulong Resting = 0, ulong Limited = 0, ulong Draw = 0, bool IsSticky = false, float[]? Latencies = null, int Day = 0)
{
    /// <summary>The <see cref="Day"/> of an instant: in UTC.</summary>
    public static int DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime).DayNumber;
}
