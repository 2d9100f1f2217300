using Asc.Contracts.Admin.V1;

namespace Asc.ControlPlane.Replay;

/// <summary>Sums by currency: no rate is needed to say what changes.</summary>
internal sealed class CurrencySums
{
    private readonly SortedDictionary<string, Int128> sums = new(StringComparer.Ordinal);

    public void Add(NanoAmount amount) => Add(amount.Currency, amount.Nano);

    public void Subtract(NanoAmount amount) => Add(amount.Currency, -amount.Nano);

    public void Add(CurrencySums other)
    {
        foreach (var (currency, nano) in other.sums)
        {
            Add(currency, nano);
        }
    }

    public IEnumerable<Money> ToWire() =>
        sums.Where(sum => sum.Value != 0).Select(sum => new NanoAmount(sum.Value, sum.Key)).Select(sum => new Money { Amount = sum.Amount, Currency = sum.Currency });

    private void Add(string currency, Int128 nano) => sums[currency] = sums.GetValueOrDefault(currency) + nano;
}
