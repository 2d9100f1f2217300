using System.Text.RegularExpressions;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>Who is told that a rule is a tenant's finds it in that tenant's own document.</summary>
public sealed partial class OriginTests
{
    private static readonly PolicyDocument Document = new(
        [new("p-eu", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu"), new("p-us", ProviderProtocol.OpenAi, "https://us.example", "s", "us")],
        [new("gpt-nano", [new("p-eu", "nano")]), new("gpt-us", [new("p-us", "us-1")])],
        [new("r-nano", [new("gpt-nano")])],
        [
            new("acme", ["*"], AllowedRegions: ["eu", "us"]),
            new("acme/denyroute", DeniedModels: ["gpt-nano"]), new("acme/denyroute/kid"),
            new("acme/nar", AllowedRegions: ["eu"]), new("acme/nar/kid", AllowedRegions: ["eu", "us"]), new("acme/nar/apart", AllowedRegions: ["us"]),
        ]);

    [Test]
    public void A_denied_target_is_named_with_the_tenant_that_denies_it()
    {
        var trace = Explain("acme/denyroute/kid", "r-nano");

        Assert.That(trace.Message, Does.StartWith("acme/denyroute/kid may not use \"r-nano\": models.deny of acme/denyroute names gpt-nano, which would serve it."));
        Assert.That(Failed(trace), Is.EqualTo((PolicyRule.ModelsDeny, "acme/denyroute", new RuleDeclaration("Tenant", "acme/denyroute", "spec.models.deny"))));
    }

    [Test]
    public void Where_prompts_may_not_go_is_told_of_the_tenant_that_leaves_the_region_out()
    {
        var trace = Explain("acme/nar/kid", "gpt-us");

        Assert.That(trace.Message, Does.StartWith("acme/nar/kid may not use \"gpt-us\": residency.allow of acme/nar permits eu, and it is processed in us only."));
        Assert.That(Failed(trace), Is.EqualTo((PolicyRule.Residency, "acme/nar", new RuleDeclaration("Tenant", "acme/nar", "spec.residency.allow"))));
        Assert.That(trace.Candidates[0].Reason, Is.EqualTo("processes in us; residency.allow of acme/nar permits eu"));
    }

    [Test]
    public void A_node_is_refused_by_the_list_of_the_tenant_that_leaves_it_out()
    {
        Assert.That(Explain("acme/nar/kid", "gpt-nano", "us").Message, Is.EqualTo("acme/nar/kid may not be served in region \"us\": residency.allow of acme/nar permits eu. Send the request to a node there."));
        Assert.That(Explain("acme/nar", "gpt-nano", "mars").Message, Is.EqualTo("acme/nar may not be served in region \"mars\": residency.allow of acme permits eu, us. Send the request to a node in eu."));
        Assert.That(Explain("acme/nar/apart", "gpt-nano").Message, Is.EqualTo("acme/nar/apart may not be served in region \"eu\": residency.allow of acme/nar/apart permits us. Together with the tenants above nothing is left: no node may serve it."));
    }

    [Test]
    public void The_origin_that_a_denial_names_is_a_tenant_whose_own_document_declares_the_rule()
    {
        var seen = new HashSet<PolicyRule>();
        Gen.Select(Gens.Policy, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf("eu", "us", "mars"), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing))).Sample(
            (document, path, name, region, said) =>
            {
                var policy = PolicyCompiler.Compile(document, 1);
                var facts = new RequestFacts(policy.FindTenant(path)!, policy.FindName(name), policy.Regions.BitOf(region), null, AccessSwitches.None) { Attribution = said.In(policy, path) };
                var trace = PolicyExplainer.Explain(policy, facts, name, region);
                if (trace.Decision.Origin is not { } origin || trace.Decision.Rule is PolicyRule.KeyTags or PolicyRule.KeyWorkloads)
                {
                    return true;
                }

                seen.Add(trace.Decision.Rule);
                var declaring = document.Tenants.Single(tenant => tenant.Path == origin.Path);
                var failed = trace.Checks.Single(check => check.Outcome == "fail");
                return Declares(declaring, trace.Decision.Rule, facts, region, trace.Message) && failed.Origin == origin.Path && failed.DeclaredIn!.Name == origin.Path
                    && trace.Message.Contains($" of {origin.Path} ", StringComparison.Ordinal);
            },
            iter: 20_000,
            threads: 1);
        Assert.That(seen, Is.EquivalentTo(new[]
        {
            PolicyRule.NodeRegion, PolicyRule.TagsAllow, PolicyRule.TagsRequire, PolicyRule.WorkloadsAllow, PolicyRule.ModelsAllow, PolicyRule.ModelsDeny, PolicyRule.Residency, PolicyRule.Attestations,
        }));
    }

    // At the root what isn't declared is not allowed.
    private static bool Declares(TenantDocument tenant, PolicyRule rule, RequestFacts facts, string region, string message) => rule switch
    {
        PolicyRule.NodeRegion => !Permits(tenant, region),
        PolicyRule.Residency => facts.Serving!.Candidates.Any(candidate => !Permits(tenant, candidate.Region)),
        PolicyRule.TagsAllow => tenant.Tags!.Allow.Any(rule => facts.Tags.Find(rule.Key) is { } value && !rule.Value.Contains(value)),
        PolicyRule.TagsRequire => tenant.Tags!.Require.Any(key => facts.Tags.Find(key) is null),
        PolicyRule.WorkloadsAllow => !tenant.Workloads!.Allow!.Value.Contains(facts.Workload.Name),
        PolicyRule.ModelsAllow => tenant.AllowedModels is { } allowed ? !Names(allowed, facts.Name!.Name) : tenant.ParentPath is null,
        PolicyRule.ModelsDeny => Denied().Match(message) is { Success: true } denied && Names(tenant.DeniedModels, denied.Groups[1].Value == "it" ? facts.Name!.Name : denied.Groups[1].Value),
        PolicyRule.Attestations => tenant.DataClasses!.Rules.Values.Any(rule => rule.RequireAttestations.Length > 0),
        _ => false,
    };

    private static bool Permits(TenantDocument tenant, string region) => tenant.AllowedRegions is { } allowed ? allowed.Contains(region) : tenant.ParentPath is not null;

    private static bool Names(IEnumerable<string> patterns, string name) => patterns.Any(text => new NamePattern(text).Matches(name));

    private static (PolicyRule Rule, string Origin, RuleDeclaration? DeclaredIn) Failed(DecisionTrace trace)
    {
        var check = trace.Checks.Single(check => check.Outcome == "fail");
        return (check.Rule, check.Origin, check.DeclaredIn);
    }

    private static DecisionTrace Explain(string tenant, string model, string region = "eu")
    {
        var policy = PolicyCompiler.Compile(Document, 1);
        return PolicyExplainer.Explain(policy, new(policy.FindTenant(tenant)!, policy.FindName(model), policy.Regions.BitOf(region), null, AccessSwitches.None), model, region);
    }

    [GeneratedRegex(@"models\.deny of \S+ names ([^\s,.]+)")]
    private static partial Regex Denied();
}
