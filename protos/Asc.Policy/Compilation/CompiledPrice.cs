using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>What a model costs from a day on, in nano-units of its currency for a million tokens: exact, and without decimals.</summary>
/// <param name="FromDay">As <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="InputPerMillion">Of the prompt.</param>
/// <param name="CachedInputPerMillion">Of what the provider had cached of it.</param>
/// <param name="OutputPerMillion">Of the answer.</param>
public sealed record CompiledPrice(int FromDay, string Currency, long InputPerMillion, long CachedInputPerMillion, long OutputPerMillion)
{
    private const decimal NanoUnits = 1_000_000_000;
    private const uint Million = 1_000_000;

    /// <summary>Null where validation would have refused it.</summary>
    internal static CompiledPrice? Of(PriceDocument price) =>
        PriceDocument.Day(price.From) is { } day && PriceDocument.Amount(price.InputPerMillion) is { } input && PriceDocument.Amount(price.OutputPerMillion) is { } output
            ? new(day.DayNumber, price.Currency, (long)(input * NanoUnits), (long)((PriceDocument.Amount(price.CachedInputPerMillion) ?? input) * NanoUnits), (long)(output * NanoUnits))
            : null;

    /// <summary>Nano-units, rounded up once; exact until then.</summary>
    /// <param name="input">Tokens of the prompt that were not cached.</param>
    /// <param name="cachedInput">Tokens of the prompt that were.</param>
    /// <param name="output">Tokens of the answer.</param>
    public Int128 CostOf(UInt128 input, UInt128 cachedInput, UInt128 output) => (Int128)(
        ((input * (ulong)InputPerMillion) + (cachedInput * (ulong)CachedInputPerMillion) + (output * (ulong)OutputPerMillion) + Million - 1) / Million);

    /// <summary>Nano-units, as a number to compare by.</summary>
    internal double Estimate(long inputTokens, long outputTokens) => ((InputPerMillion * (double)inputTokens) + (OutputPerMillion * (double)outputTokens)) / 1e6;
}
