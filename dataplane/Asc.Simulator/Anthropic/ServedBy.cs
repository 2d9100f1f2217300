namespace Asc.Simulator.Anthropic;

/// <summary>How an answer was computed, as far as its price depends on it.</summary>
/// <param name="Geo">Where: <c>global</c>, <c>us</c>, or <c>not_available</c> for models that leave no choice.</param>
/// <param name="Speed">How fast: <c>standard</c> or <c>fast</c>.</param>
internal sealed record ServedBy(string Geo, string Speed);
