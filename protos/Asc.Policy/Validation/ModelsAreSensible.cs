using System.Text.RegularExpressions;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>A model's limits and prices are such as can be meant.</summary>
internal sealed partial class ModelsAreSensible : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context) =>
        context.Document.Models.SelectMany(model => CheckLimits(model).Concat(model.Prices.SelectMany((price, i) => CheckPrice(model, price, $"spec.prices[{i}]"))).Concat(CheckDays(model)));

    private static IEnumerable<PolicyProblem> CheckLimits(ModelDocument model)
    {
        foreach (var (field, value) in new[] { ("contextWindow", model.ContextWindow), ("maxOutputTokens", model.MaxOutputTokens) })
        {
            if (value < 1)
            {
                yield return Problems.Error("Model", model.Name, $"spec.{field}", "out_of_range", $"a model whose {field} is {value} serves nobody", "write what the provider says of it, or remove it: then nothing is known");
            }
        }

        if (model.MaxOutputTokens > model.ContextWindow)
        {
            yield return Problems.Error("Model", model.Name, "spec.maxOutputTokens", "out_of_range", "an answer may be longer than the context window", "make it contextWindow at most");
        }
    }

    private static IEnumerable<PolicyProblem> CheckPrice(ModelDocument model, PriceDocument price, string path)
    {
        (string Field, string Value, string Example)[] required =
            [("from", price.From, "2026-01-31"), ("currency", price.Currency, "USD"), ("inputPerMillion", price.InputPerMillion, "0.25"), ("outputPerMillion", price.OutputPerMillion, "2.00")];
        foreach (var (field, _, example) in required.Where(field => field.Value.Length == 0))
        {
            yield return Problems.Required("Model", model.Name, $"{path}.{field}", $"{field}: {example}");
        }

        if (price.From.Length > 0 && PriceDocument.Day(price.From) is null)
        {
            yield return Problems.Error("Model", model.Name, $"{path}.from", "invalid_value", $"\"{price.From}\" is not a day", "write it as 2026-01-31");
        }

        if (price.Currency.Length > 0 && !Currency().IsMatch(price.Currency))
        {
            yield return Problems.Error("Model", model.Name, $"{path}.currency", "invalid_value", $"\"{price.Currency}\" is not a currency", "write its three letters, e.g. USD (ISO 4217)");
        }

        (string Field, string Value)[] amounts = [("inputPerMillion", price.InputPerMillion), ("cachedInputPerMillion", price.CachedInputPerMillion), ("outputPerMillion", price.OutputPerMillion)];
        foreach (var (field, value) in amounts)
        {
            if (value.Length > 0 && PriceDocument.Amount(value) is null)
            {
                yield return Problems.Error(
                    "Model", model.Name, $"{path}.{field}", "invalid_value", $"\"{value}\" is not an amount from 0 to {PriceDocument.Maximum} with at most nine decimal places", "write e.g. 0.25, for a million tokens");
            }
        }
    }

    private static IEnumerable<PolicyProblem> CheckDays(ModelDocument model)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < model.Prices.Length; i++)
        {
            if (!seen.Add(model.Prices[i].From))
            {
                yield return Problems.Error("Model", model.Name, $"spec.prices[{i}].from", "duplicate", $"two prices begin on {model.Prices[i].From}", "keep one");
            }
        }
    }

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex Currency();
}
