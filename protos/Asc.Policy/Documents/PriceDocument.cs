using System.Globalization;

namespace Asc.Policy.Documents;

/// <summary>What a model costs from a day on. As written: validation says what is wrong with it.</summary>
/// <param name="From">YYYY-MM-DD.</param>
/// <param name="Currency">ISO 4217, e.g. USD.</param>
/// <param name="InputPerMillion">Decimal; a million tokens of the prompt.</param>
/// <param name="CachedInputPerMillion">Decimal; a million tokens that the provider had cached; empty: as <paramref name="InputPerMillion"/>.</param>
/// <param name="OutputPerMillion">Decimal; a million tokens of the answer.</param>
public sealed record PriceDocument(string From, string Currency, string InputPerMillion, string CachedInputPerMillion, string OutputPerMillion)
{
    /// <summary>The most that a million tokens may cost.</summary>
    public const decimal Maximum = 1_000_000;

    /// <summary>The day; null where it isn't one.</summary>
    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The amount; null where it isn't a decimal from 0 to <see cref="Maximum"/> of at most nine places.</summary>
    public static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Maximum && decimal.Round(amount, 9) == amount ? amount : null;
}
