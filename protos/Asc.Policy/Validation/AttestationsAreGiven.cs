using System.Collections.Immutable;
using Asc.Policy.Compilation;

namespace Asc.Policy.Validation;

/// <summary>Attestations are named alike everywhere, and what is demanded somebody attests.</summary>
internal sealed class AttestationsAreGiven : IPolicyRule
{
    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var document = context.Document;
        var given = AttributionCompiler.GivenAttestations(document).ToHashSet(StringComparer.Ordinal);
        var count = AttributionCompiler.AttestationsOf(document).Count();
        return
        [
            .. document.Providers.SelectMany(provider => Names("Provider", provider.Name, "spec.attestations", provider.Attestations)),
            .. document.Models.SelectMany(model => model.Deployments.SelectMany((deployment, i) => Names("Model", model.Name, $"spec.deployments[{i}].attestations", deployment.Attestations ?? []))),
            .. from tenant in document.Tenants
               where tenant.DataClasses is not null
               from rule in tenant.DataClasses!.Rules
               let path = $"spec.dataClasses.rules.{rule.Key}.requireAttestations"
               from problem in Names("Tenant", tenant.Path, path, rule.Value.RequireAttestations).Concat(Ungiven(tenant.Path, path, rule.Value.RequireAttestations, given))
               select problem,
            .. count <= BitNames.Maximum
                ? []
                : new[] { Problems.Error("", "", "", "too_many_attestations", $"the policy names {count} attestations, and {BitNames.Maximum} are the most", "name what is attested together once") },
        ];
    }

    private static IEnumerable<PolicyProblem> Names(string kind, string name, string list, ImmutableArray<string> attestations)
    {
        for (var i = 0; i < attestations.Length; i++)
        {
            if (!AttributionNames.IsName(attestations[i]))
            {
                yield return Problems.Error(kind, name, $"{list}[{i}]", "invalid_name", $"\"{attestations[i]}\" is not an attestation's name", "use lower-case letters, digits and \"-\", 63 at most");
            }
            else if (attestations.AsSpan(0, i).Contains(attestations[i]))
            {
                yield return Problems.Error(kind, name, $"{list}[{i}]", "duplicate", $"\"{attestations[i]}\" is listed twice", "keep one");
            }
        }
    }

    private static IEnumerable<PolicyProblem> Ungiven(string tenant, string list, ImmutableArray<string> demanded, HashSet<string> given)
    {
        for (var i = 0; i < demanded.Length; i++)
        {
            if (!given.Contains(demanded[i]) && AttributionNames.IsName(demanded[i]))
            {
                var near = Suggestion.For(demanded[i], given);
                yield return Problems.Warning(
                    "Tenant", tenant, $"{list}[{i}]", "ungiven_attestation", $"no provider and no deployment attests \"{demanded[i]}\"", near is null ? "check the spelling" : $"did you mean \"{near}\"?");
            }
        }
    }
}
