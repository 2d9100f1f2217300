using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>What a model costs from a day on, in nano-units of its currency for a million tokens: exact, and without decimals.</summary>
/// <param name="FromDay">As <see cref="DateOnly.DayNumber"/>.</param>
internal sealed record CompiledPrice(int FromDay, string Currency, long InputPerMillion, long OutputPerMillion)
{
    private const decimal NanoUnits = 1_000_000_000;

    /// <summary>Null where validation would have refused it.</summary>
    public static CompiledPrice? Of(PriceDocument price) =>
        PriceDocument.Day(price.From) is { } day && PriceDocument.Amount(price.InputPerMillion) is { } input && PriceDocument.Amount(price.OutputPerMillion) is { } output
            ? new(day.DayNumber, price.Currency, (long)(input * NanoUnits), (long)(output * NanoUnits))
            : null;

    /// <summary>Nano-units, as a number to compare by.</summary>
    public double Estimate(long inputTokens, long outputTokens) => ((InputPerMillion * (double)inputTokens) + (OutputPerMillion * (double)outputTokens)) / 1e6;
}
