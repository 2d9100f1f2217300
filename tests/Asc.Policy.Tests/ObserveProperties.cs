using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>What is observed is judged as if it were enforced, and decides nothing.</summary>
public sealed class ObserveProperties
{
    private static readonly ObservedRules[] Kinds = [ObservedRules.Tags, ObservedRules.Workloads, ObservedRules.Models, ObservedRules.Limits];
    private static readonly ObservedRules[] Observable = [ObservedRules.None, .. Kinds, ObservedRules.Models | ObservedRules.Tags | ObservedRules.Workloads | ObservedRules.Limits];

    private static readonly Gen<TargetConditionDocument?> When = Gen.Int[0, 5].Select(some => some switch
    {
        0 => new TargetConditionDocument(["batch"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, []),
        1 => new TargetConditionDocument([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, [], AtLeast: 50),
        _ => null,
    });

    private static readonly Gen<PolicyDocument> Policies = Gen.Select(
        Gens.Policy, Gen.OneOf(Observable).Array[Gens.Paths.Length], Gen.Int[0, 3].Array[Gens.Paths.Length], When.Array[3], Gen.Int[0, 3].Array[3])
        .Select((policy, observe, output, when, traits) => policy with
        {
            // Of a root's models nothing can be observed.
            Tenants =
            [
                .. policy.Tenants.Select((tenant, i) => tenant with
                {
                    Observe = tenant.ParentPath is null ? observe[i] & ~ObservedRules.Models : observe[i],
                    Limits = output[i] == 0 ? TenantLimitsDocument.None with { MaxOutputTokens = 50 } : TenantLimitsDocument.None,
                }),
            ],
            Routes = [.. policy.Routes.Select(route => route with { Targets = [.. route.Targets.Select((target, i) => target with { When = when[i] })] })],
            Models = [.. policy.Models.Select((model, i) => traits[i] switch { 0 => model with { Capabilities = Capabilities.None }, 1 => model with { ContextWindow = 50 }, _ => model })],
        });

    private static readonly Gen<Asked> Requests = Gen.Select(
        Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing)), Gen.Select(Gen.OneOf(Capabilities.None, Capabilities.Tools), Gen.OneOf(0L, 100L), Gen.OneOf(0L, 100L)),
        Gen.OneOf(Gen.Const(0UL), Gen.ULong[0, 7]), Gen.OneOf(AccessSwitches.None, AccessSwitches.None, new AccessSwitches(1, [], ["o3"], []), new AccessSwitches(1, [], [], ["p-us"])))
        .Select((path, name, said, shape, unhealthy, switches) => new Asked(path, name, said, new(shape.Item1, shape.Item2, shape.Item3), unhealthy, switches));

    // Half of the time little but an observed deny-list stands in the way, else what takes its place is hardly ever seen.
    private static readonly Gen<(PolicyDocument Policy, Asked Asked)> Cases = Gen.Select(Policies, Requests, Gen.Bool, Gen.OneOf<string[]>(["eu"], ["eu", "us", "global"]), Gen.OneOf("gpt-5", "gpt-5-mini", "o3"))
        .Select((policy, asked, isSteered, regions, denied) => !isSteered ? (policy, asked) : (
            policy with
            {
                Tenants =
                [
                    .. policy.Tenants.Select(tenant => tenant.Path switch
                    {
                        "a" => new TenantDocument("a", ["*"], [], [.. regions], "t0"),
                        "a/b" => new TenantDocument("a/b", null, [denied], null, "t1") { Observe = ObservedRules.Models },
                        _ => new TenantDocument(tenant.Path, Id: tenant.Id),
                    }),
                ],
                Workloads = [],
            },
            asked with { Path = "a/b", Name = "chat", Said = Said.Nothing }));

    [Test]
    public void A_policy_that_observes_decides_as_one_without_those_rules() =>
        Cases.Sample((policy, asked) => Evaluate(policy, asked) == Evaluate(Stripped(policy), asked), iter: 10_000);

    [Test]
    public void What_is_observed_of_an_admitted_request_is_what_each_kind_of_rule_would_deny()
    {
        var seen = new HashSet<PolicyRule>();
        var instead = new HashSet<PolicyRule>();
        var atOnce = 0;
        Cases.Sample(
            (policy, asked) =>
            {
                var compiled = PolicyCompiler.Compile(policy, 1);
                var facts = Facts(compiled, asked);
                if (!PolicyEvaluator.Evaluate(facts).IsAllowed)
                {
                    return true;
                }

                var observed = PolicyEvaluator.Observe(compiled, facts);
                atOnce = Math.Max(atOnce, observed.Length);
                seen.UnionWith(observed.Select(denial => denial.Rule));
                foreach (var kind in Kinds)
                {
                    var enforced = Evaluate(policy with { Tenants = [.. policy.Tenants.Select(tenant => tenant with { Observe = tenant.Observe & ~kind })] }, asked);
                    var denials = observed.Where(denial => KindOf(denial.Rule) == kind).ToArray();
                    if (denials.Length != (enforced.Code == ErrorCode.None ? 0 : 1))
                    {
                        return false;
                    }

                    if (denials is [var denial])
                    {
                        // Enforced, the last candidate that falls is told of; observed, the rule that takes the one that served.
                        var isItself = KindOf(enforced.Rule) == kind;
                        _ = isItself || instead.Add(enforced.Rule);
                        if (!(isItself ? (denial.Code, denial.Rule) == (enforced.Code, enforced.Rule) : (denial.Code, denial.Rule) == (ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny))
                            || !policy.Tenants.Single(tenant => tenant.Path == denial.Origin!.Path).Observe.HasFlag(kind))
                        {
                            return false;
                        }
                    }
                }

                var explained = PolicyExplainer.Explain(compiled, facts, asked.Name, "eu").Checks.Where(check => check.Outcome == "observed");
                return explained.Select(check => (check.Rule, check.Origin, check.DeclaredIn?.Name)).ToHashSet().SetEquals(observed.Select(denial => (denial.Rule, denial.Origin!.Path, (string?)denial.Origin.Path)));
            },
            iter: 30_000,
            threads: 1);
        Assert.That(seen, Is.SupersetOf(new[] { PolicyRule.TagsAllow, PolicyRule.TagsRequire, PolicyRule.WorkloadsAllow, PolicyRule.ModelsAllow, PolicyRule.ModelsDeny, PolicyRule.MaxOutputTokens }));
        Assert.That(instead, Is.SupersetOf(new[] { PolicyRule.Residency, PolicyRule.TargetCondition, PolicyRule.DeploymentHealthy }), "what would be told in the place of what is observed");
        Assert.That(atOnce, Is.GreaterThan(1));
    }

    [Test]
    public void A_request_that_breaks_several_kinds_of_observed_rules_is_recorded_with_each()
    {
        var policy = PolicyCompiler.Compile(
            new PolicyDocument(
                [new("p-eu", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu")],
                [new("gpt-nano", [new("p-eu", "nano")]), new("gpt-4o", [new("p-eu", "4o")])],
                [new("chat", [new("gpt-nano"), new("gpt-4o", When: new(["batch"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, []))])],
                [
                    new("a", ["*"], [], ["eu"], "t0"),
                    new("a/obs", null, ["gpt-nano"], null, "t1")
                    {
                        Observe = ObservedRules.Models | ObservedRules.Tags | ObservedRules.Workloads | ObservedRules.Limits,
                        Tags = new([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("bu", ["x"]), ImmutableSortedDictionary<string, string>.Empty),
                        Workloads = new(["batch"], null),
                        Limits = TenantLimitsDocument.None with { MaxOutputTokens = 10 },
                    },
                ]),
            1);

        var observed = PolicyEvaluator.Observe(policy, Facts(policy, new("a/obs", "chat", Said.Nothing with { Tags = [new("bu", "y")] }, new(MaxOutputTokens: 20), 0, AccessSwitches.None)));

        Assert.That(
            observed.Select(denial => (denial.Code, denial.Rule, denial.Origin?.Path)),
            Is.EqualTo(new[]
            {
                (ErrorCode.TagNotAllowed, PolicyRule.TagsAllow, "a/obs"), (ErrorCode.WorkloadNotAllowed, PolicyRule.WorkloadsAllow, "a/obs"), (ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, "a/obs"),
                (ErrorCode.InvalidRequest, PolicyRule.MaxOutputTokens, "a/obs"),
            }));
    }

    [Test]
    public void An_observed_denial_that_leaves_only_foreign_regions_is_the_denial_s_and_not_residency_s()
    {
        var policy = PolicyCompiler.Compile(
            new PolicyDocument(
                [new("p-eu", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu"), new("p-us", ProviderProtocol.OpenAi, "https://us.example", "s", "us")],
                [new("here", [new("p-eu", "here")]), new("there", [new("p-us", "there")])],
                [new("chat", [new("here"), new("there")])],
                [new("a", ["*"], [], ["eu"], "t0"), new("a/b", null, ["here"], null, "t1") { Observe = ObservedRules.Models }]),
            1);

        var observed = PolicyEvaluator.Observe(policy, Facts(policy, new("a/b", "chat", Said.Nothing, default, 0, AccessSwitches.None))).Single();

        Assert.That((observed.Code, observed.Rule, observed.Origin?.Path), Is.EqualTo((ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny, "a/b")));
    }

    private static PolicyDocument Stripped(PolicyDocument policy) => policy with
    {
        Tenants =
        [
            .. policy.Tenants.Select(tenant => tenant with
            {
                Observe = ObservedRules.None,
                AllowedModels = tenant.Observe.HasFlag(ObservedRules.Models) ? null : tenant.AllowedModels,
                DeniedModels = tenant.Observe.HasFlag(ObservedRules.Models) ? [] : tenant.DeniedModels,
                Tags = tenant.Observe.HasFlag(ObservedRules.Tags) && tenant.Tags is { } tags ? new([], tags.Allow.Clear(), tags.Default) : tenant.Tags,
                Limits = tenant.Observe.HasFlag(ObservedRules.Limits) ? TenantLimitsDocument.None : tenant.Limits,
                Workloads = tenant.Observe.HasFlag(ObservedRules.Workloads) && tenant.Workloads is { } workloads ? new(null, workloads.Default) : tenant.Workloads,
            }),
        ],
    };

    private static ObservedRules KindOf(PolicyRule rule) => rule switch
    {
        PolicyRule.TagsAllow or PolicyRule.TagsRequire => ObservedRules.Tags,
        PolicyRule.WorkloadsAllow => ObservedRules.Workloads,
        PolicyRule.ModelsAllow or PolicyRule.ModelsDeny => ObservedRules.Models,
        PolicyRule.MaxOutputTokens => ObservedRules.Limits,
        _ => ObservedRules.None,
    };

    private static (ErrorCode Code, PolicyRule Rule, string? Candidate) Evaluate(PolicyDocument policy, Asked asked)
    {
        var decision = PolicyEvaluator.Evaluate(Facts(PolicyCompiler.Compile(policy, 1), asked));
        return (decision.Code, decision.Rule, decision.Candidate?.UpstreamModel);
    }

    private static RequestFacts Facts(CompiledPolicy policy, Asked asked) =>
        new(policy.FindTenant(asked.Path)!, policy.FindName(asked.Name), policy.Regions.BitOf("eu"), null, asked.Switches)
        {
            Attribution = asked.Said.In(policy, asked.Path), Shape = asked.Shape, Routing = new(asked.Unhealthy),
        };

    private sealed record Asked(string Path, string Name, Said Said, RequestShape Shape, ulong Unhealthy, AccessSwitches Switches);
}
