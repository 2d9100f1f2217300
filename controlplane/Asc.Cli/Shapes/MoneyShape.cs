using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

/// <summary>An exact decimal: a number of JSON is none.</summary>
internal sealed record MoneyShape(string Amount, string Currency)
{
    public static IReadOnlyList<MoneyShape> Of(IEnumerable<Money> amounts) => [.. amounts.Select(amount => new MoneyShape(amount.Amount, amount.Currency))];
}
