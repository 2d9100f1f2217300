using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>What is observed is judged as if it were enforced, and decides nothing.</summary>
public sealed class ObserveProperties
{
    private static readonly ObservedRules[] Observable = [ObservedRules.None, ObservedRules.Models, ObservedRules.Tags, ObservedRules.Workloads, ObservedRules.Models | ObservedRules.Tags | ObservedRules.Workloads];

    // Of a root's models nothing can be observed.
    private static readonly Gen<(PolicyDocument Policy, string Path, string Name, Said Said)> Cases =
        Gen.Select(Gens.Policy, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing)), Gen.OneOf(Observable).Array[Gens.Paths.Length])
            .Select((policy, path, name, said, observe) => (
                policy with { Tenants = [.. policy.Tenants.Select((tenant, i) => tenant with { Observe = tenant.ParentPath is null ? observe[i] & ~ObservedRules.Models : observe[i] })] }, path, name, said));

    [Test]
    public void A_policy_that_observes_decides_as_one_without_those_rules() =>
        Cases.Sample((policy, path, name, said) => Evaluate(policy, path, name, said) == Evaluate(Stripped(policy), path, name, said), iter: 10_000);

    [Test]
    public void What_is_observed_of_an_admitted_request_is_what_would_be_enforced()
    {
        var seen = 0;
        Cases.Sample((policy, path, name, said) =>
        {
            var compiled = PolicyCompiler.Compile(policy, 1);
            var facts = Facts(compiled, path, name, said);
            if (!PolicyEvaluator.Evaluate(facts).IsAllowed)
            {
                return true;
            }

            var observed = PolicyEvaluator.Observe(compiled, facts);
            Interlocked.Add(ref seen, observed.IsAllowed ? 0 : 1);
            var enforced = Evaluate(policy with { Tenants = [.. policy.Tenants.Select(tenant => tenant with { Observe = ObservedRules.None })] }, path, name, said);
            // Enforced, the last candidate that falls is told of. What is never observed only can't be the cause here: a denial that is observed has taken the one that served.
            return enforced.Code is ErrorCode.ResidencyViolation or ErrorCode.AttestationRequired
                ? (observed.Code, observed.Rule) == (ErrorCode.ModelNotAllowed, PolicyRule.ModelsDeny)
                    && policy.Tenants.Single(tenant => tenant.Path == observed.Origin!.Path).Observe.HasFlag(ObservedRules.Models)
                : observed.Code == enforced.Code && observed.Rule == enforced.Rule && observed.Origin?.Path == enforced.Origin;
        }, iter: 20_000);
        Assert.That(seen, Is.GreaterThan(100), "something must have been observed");
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

        var observed = PolicyEvaluator.Observe(policy, Facts(policy, "a/b", "chat", Said.Nothing));

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
                Workloads = tenant.Observe.HasFlag(ObservedRules.Workloads) && tenant.Workloads is { } workloads ? new(null, workloads.Default) : tenant.Workloads,
            }),
        ],
    };

    private static (ErrorCode Code, PolicyRule Rule, string? Origin, string? Candidate) Evaluate(PolicyDocument policy, string path, string name, Said said)
    {
        var decision = PolicyEvaluator.Evaluate(Facts(PolicyCompiler.Compile(policy, 1), path, name, said));
        return (decision.Code, decision.Rule, decision.Origin?.Path, decision.Candidate?.UpstreamModel);
    }

    private static RequestFacts Facts(CompiledPolicy policy, string path, string name, Said said) =>
        new(policy.FindTenant(path)!, policy.FindName(name), policy.Regions.BitOf("eu"), null, AccessSwitches.None) { Attribution = said.In(policy, path) };
}
