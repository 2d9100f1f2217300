using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Policy.Compilation;
using Asc.Policy.Validation;

namespace Asc.ControlPlane.Keys;

/// <summary>What a key may be bound to.</summary>
internal static class KeyScopeRules
{
    private const int MaximumTags = 16;
    private const int MaximumNames = 64;

    public static void Check(CreateKeyRequest request, ArgumentProblems problems)
    {
        problems.When(request.Tags.Count > MaximumTags, $"a key is bound to at most {MaximumTags} tags");
        foreach (var tag in request.Tags)
        {
            problems.When(!AttributionNames.IsTagKey(tag.Key), $"\"{tag.Key}\" is no tag: use {AttributionNames.TagKeyRule}");
            problems.When(!AttributionNames.IsTagValue(tag.Value), $"the value of the tag {tag.Key} is none: use {AttributionNames.TagValueRule}");
        }

        Names(problems, "workload", request.Workloads);
        Names(problems, "data class", request.DataClasses);
    }

    /// <summary>What the policy in force would refuse every request of the key for.</summary>
    public static IEnumerable<string> Warnings(CreateKeyRequest request, CompiledPolicy policy, CompiledTenant tenant)
    {
        foreach (var tag in request.Tags.Where(tag => tenant.Tags.Find(tag.Key)?.Allows(tag.Value) == false))
        {
            yield return $"{tenant.Path} does not allow the tag {tag.Key}={tag.Value}: the key's requests are refused until it does";
        }

        foreach (var name in request.Workloads.Where(name => policy.FindWorkload(name) is not { } workload || !tenant.Takes(workload)))
        {
            yield return $"{tenant.Path} takes no {name} requests: {(Suggestion.For(name, policy.Workloads.Where(tenant.Takes).Select(workload => workload.Name)) is { } near ? $"did you mean \"{near}\"?" : "the key may send them once it does")}";
        }

        foreach (var name in request.DataClasses.Where(name => policy.FindDataClass(tenant, name) == 0))
        {
            yield return $"{tenant.Path} has no rule for the data class {name}: the key's requests are refused until it has";
        }
    }

    private static void Names(ArgumentProblems problems, string what, IReadOnlyCollection<string> names)
    {
        problems.When(names.Count > MaximumNames, $"a key names at most {MaximumNames} of a kind: {what}");
        problems.When(names.Distinct(StringComparer.Ordinal).Count() < names.Count, $"a {what} is named twice");
        foreach (var name in names)
        {
            problems.When(!AttributionNames.IsName(name), $"\"{name}\" is no {what}'s name: use lower-case letters, digits and \"-\", {AttributionNames.NameMaximum} at most");
        }
    }
}
