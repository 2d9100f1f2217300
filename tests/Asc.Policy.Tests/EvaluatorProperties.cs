using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

public sealed class EvaluatorProperties
{
    private static readonly Gen<(PolicyDocument Policy, string Path, string Name, string Region, Said Said)> Cases =
        Gen.Select(Gens.Policy, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf("eu", "us", "mars"), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing)));

    [Test]
    public void The_compiled_policy_decides_as_the_naive_reading_of_the_document() =>
        Cases.Sample((policy, path, name, region, said) => Evaluate(policy, path, name, region, said) == ReferenceEvaluator.Evaluate(policy, path, name, region, said), iter: 20_000);

    // A node chooses a route before it asks limits (GatewayPipeline.Stages): of several faults the same is told beforehand and afterwards.
    [Test]
    public void What_is_asked_for_in_output_is_judged_when_a_route_is_chosen()
    {
        var (late, early) = (0, 0);
        Gen.Select(Cases, Gen.Int[0, 2].Array[Gens.Paths.Length], Gen.OneOf(0L, 100L)).Sample(
            (c, limited, output) =>
            {
                var policy = c.Policy with
                {
                    Tenants = [.. c.Policy.Tenants.Select((tenant, i) => limited[i] == 0 ? tenant with { Limits = TenantLimitsDocument.None with { MaxOutputTokens = 50 } } : tenant)],
                };
                var compiled = PolicyCompiler.Compile(policy, 1);
                var facts = Facts(compiled, c.Path, c.Name, c.Region, c.Said) with { Shape = new(MaxOutputTokens: output) };
                var decision = PolicyEvaluator.Evaluate(facts);
                late += decision.Rule == PolicyRule.MaxOutputTokens ? 1 : 0;
                early += !decision.IsAllowed && !PolicyEvaluator.AdmitOutput(facts).IsAllowed && PolicyEvaluator.Admit(facts).IsAllowed && decision.Rule != PolicyRule.MaxOutputTokens ? 1 : 0;
                return Told(decision) == ReferenceEvaluator.Evaluate(policy, c.Path, c.Name, c.Region, c.Said, output)
                    && PolicyExplainer.Explain(compiled, facts, c.Name, c.Region).Checks.Select(check => check.Rule) is var rules && rules.SequenceEqual(rules.Order());
            },
            iter: 20_000,
            threads: 1);
        Assert.That(Math.Min(late, early), Is.GreaterThan(0), "each is met");
    }

    [Test]
    public void Enough_is_allowed_for_the_properties_to_mean_something()
    {
        var (allowed, otherwise, total) = (0, 0, 0);
        Cases.Sample((policy, path, name, region, said) =>
        {
            total++;
            if (IsAllowed(policy, path, name, region, said))
            {
                allowed++;
                otherwise += new ReferenceAttribution(policy, ReferenceEvaluator.Lineage(policy, path), said).ServingOf(name) == name ? 0 : 1;
            }
        }, iter: 5_000, threads: 1);
        Assert.That(allowed * 100 / total, Is.GreaterThan(2), "percent");
        Assert.That(otherwise, Is.GreaterThan(0), "served by another name than was asked for");
    }

    [Test]
    public void A_request_is_attributed_as_the_naive_reading_says() =>
        Cases.Sample((policy, path, name, region, said) =>
        {
            var compiled = PolicyCompiler.Compile(policy, 1);
            var facts = Facts(compiled, path, name, region, said);
            var reference = new ReferenceAttribution(policy, ReferenceEvaluator.Lineage(policy, path), said);
            return facts.Tags.Items.SequenceEqual(reference.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
                && (facts.Attribution.UnknownWorkload ?? facts.Workload.Name) == reference.Workload;
        }, iter: 5_000);

    // What a tenant says where a request doesn't is no permission: the parent is asked with all of it said.
    [Test]
    public void A_child_may_never_do_what_its_parent_may_not() =>
        Cases.Where(c => c.Path.Contains('/', StringComparison.Ordinal)).Sample((policy, path, name, region, said) =>
        {
            var reference = new ReferenceAttribution(policy, ReferenceEvaluator.Lineage(policy, path), said);
            var parent = TenantDocument.ParentOf(path)!;
            var known = ReferenceEvaluator.Lineage(policy, parent).SelectMany(tenant => tenant.DataClasses?.Rules.Keys ?? []).ToArray();
            var outspoken = new Said(null, [.. reference.Tags], reference.Workload, [.. reference.DataClasses.Where(known.Contains).Distinct()]);
            return !IsAllowed(policy, path, name, region, said) || IsAllowed(policy, parent, name, region, outspoken);
        }, iter: 10_000);

    [Test]
    public void A_rule_added_anywhere_never_permits_what_was_denied() =>
        Gen.Select(Cases, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.Int[0, 5]).Sample((c, at, denied, which) =>
        {
            var tightened = c.Policy with { Tenants = [.. c.Policy.Tenants.Select(tenant => tenant.Path == at ? Tighten(tenant, denied, which) : tenant)] };
            return !IsAllowed(tightened, c.Path, c.Name, c.Region, c.Said) || IsAllowed(c.Policy, c.Path, c.Name, c.Region, c.Said);
        }, iter: 20_000);

    [Test]
    public void A_header_never_takes_away_what_key_and_tenant_set() =>
        Cases.Sample((policy, path, name, region, said) =>
        {
            var compiled = PolicyCompiler.Compile(policy, 1);
            var facts = Facts(compiled, path, name, region, said);
            var floor = Facts(compiled, path, name, region, said with { Tags = [], Workload = null, DataClasses = [] });
            var bound = said.Key?.Tags ?? [];
            return (facts.DataClasses & floor.DataClasses) == floor.DataClasses && bound.All(tag => facts.Tags.Find(tag.Key) == tag.Value);
        }, iter: 5_000);

    [Test]
    public void The_explanation_says_what_the_decision_says() =>
        Cases.Sample((policy, path, name, region, said) =>
        {
            var compiled = PolicyCompiler.Compile(policy, 7);
            var facts = Facts(compiled, path, name, region, said);
            var decision = PolicyEvaluator.Evaluate(facts);
            var trace = PolicyExplainer.Explain(compiled, facts, name, region);
            return trace.Decision == decision
                && trace.Message.Length > 0
                && (decision.IsAllowed ? trace.Checks.All(check => check.Outcome == "pass") : decision.Rule == PolicyRule.None || trace.Checks.Count(check => check.Outcome == "fail") == 1)
                && (decision.IsAllowed == (trace.WouldPassIf.Count == 0) || decision.Rule == PolicyRule.None || trace.Candidates.Count == 0);
        }, iter: 10_000);

    private static TenantDocument Tighten(TenantDocument tenant, string name, int which)
    {
        var tags = tenant.Tags ?? new([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, ImmutableSortedDictionary<string, string>.Empty);
        var classes = tenant.DataClasses ?? new([], ImmutableSortedDictionary<string, DataClassRule>.Empty);
        return which switch
        {
            0 => tenant with { DeniedModels = tenant.DeniedModels.Add(name) },
            1 => tenant with { Tags = tags with { Require = tags.Require.Add("env") } },
            2 => tenant with { Tags = tags with { Allow = tags.Allow.SetItem("bu", tags.Allow.TryGetValue("bu", out var own) ? own.Remove("x") : ["y"]) } },
            3 => tenant with { Workloads = new((tenant.Workloads?.Allow ?? ["batch", "night", "interactive"]).Remove("batch"), tenant.Workloads?.Default) },
            4 => tenant with { DataClasses = classes with { Floor = classes.Floor.Add("phi") } },
            // Where there is a rule already: a class's first rule makes the class known.
            _ => tenant with { DataClasses = classes with { Rules = classes.Rules.ToImmutableSortedDictionary(rule => rule.Key, rule => rule.Value with { RequireAttestations = rule.Value.RequireAttestations.Add("baa") }) } },
        };
    }

    private static bool IsAllowed(PolicyDocument policy, string path, string name, string region, Said said) => Evaluate(policy, path, name, region, said).StartsWith("p-", StringComparison.Ordinal);

    private static string Evaluate(PolicyDocument policy, string path, string name, string region, Said said) =>
        Told(PolicyEvaluator.Evaluate(Facts(PolicyCompiler.Compile(policy, 1), path, name, region, said)));

    private static string Told(in Decision decision) => decision.IsAllowed ? $"{decision.Candidate!.Provider.Name}/{decision.Candidate.UpstreamModel}" : decision.Code.WireName();

    private static RequestFacts Facts(CompiledPolicy policy, string path, string name, string region, Said said) =>
        new(policy.FindTenant(path)!, policy.FindName(name), policy.Regions.BitOf(region), null, AccessSwitches.None) { Attribution = said.In(policy, path) };
}
