using Asc.Policy.Comparison;
using Asc.Policy.Documents;

namespace Asc.Policy.Tests;

/// <summary>What changes is told in the words of the files.</summary>
public sealed class ComparisonTests
{
    private static readonly RouteDocument Route = new("chat", [new("a")]);

    [Test]
    public void What_is_tried_again_is_told_as_it_is_written() => Assert.That(
        Text(Route with { Retry = new(3, RetryableFailures.RateLimit | RetryableFailures.ServerError) }), Is.EqualTo("chat: retry (none) becomes 3 attempts on rate-limit, server-error"));

    [TestCase(RouteStrategy.LeastLatency, "least-latency")]
    [TestCase(RouteStrategy.Weighted, "weighted")]
    public void So_is_a_strategy(RouteStrategy strategy, string name) => Assert.That(Text(Route with { Strategy = strategy }), Is.EqualTo($"chat: strategy priority becomes {name}"));

    [Test]
    public void A_provider_s_protocol_is_told_as_it_is_written() => Assert.That(
        PolicyComparison.Compare(new([], [], [], []), Document(Route)).Changes.Single(change => change.Kind == "Provider").Text, Does.StartWith("p is new: protocol openai; "));

    [Test]
    public void What_is_only_observed_is_told_beside_what_follows()
    {
        var before = new TenantDocument("acme", ["a", "chat"], [], ["eu"]);
        var after = before with
        {
            AllowedModels = ["chat"], Observe = ObservedRules.Tags,
            Tags = new(["env"], System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty),
        };
        var change = PolicyComparison.Compare(Document(Route) with { Tenants = [before] }, Document(Route) with { Tenants = [after] }).Changes.Single();
        Assert.That(change.Text, Is.EqualTo("acme loses a (models.allow a, chat becomes chat; tags.require (none) becomes env; observe (none) becomes tags)"));
    }

    [Test]
    public void What_may_be_lost_in_translation_is_told()
    {
        var before = new TenantDocument("acme", ["chat"], [], ["eu"]);
        var changes = PolicyComparison.Compare(Document(Route) with { Tenants = [before] }, Document(Route) with { Tenants = [before with { FeatureGaps = FeatureGaps.Drop }] });
        Assert.That(changes.Changes.Single().Text, Does.StartWith("acme is now served without what a translation can't carry (featureGaps) temperature, "));
        Assert.That(changes.AffectedTenants, Is.EqualTo(new[] { "acme" }));
    }

    [Test]
    public void So_is_that_tools_go_another_way()
    {
        var (before, after) = (Document(Route), Document(Route) with { Models = [new("a", [new("p", "a")]) { ToolsBy = ToolsBy.Responses }] });
        var changes = PolicyComparison.Compare(before, after);
        Assert.That(changes.Changes.Single(change => change.Kind == "Model").Text, Is.EqualTo("a: toolsBy (none) becomes responses"));
        Assert.That(changes.AffectedTenants, Is.EqualTo(new[] { "acme" }));
    }

    [Test]
    public void So_is_that_a_model_is_of_a_kind_and_serves_no_other()
    {
        var (before, after) = (Document(Route), Document(Route) with { Models = [new("a", [new("p", "a")]) { Capabilities = Capabilities.Chat | Capabilities.Fim | Capabilities.Tools }] });
        var changes = PolicyComparison.Compare(before, after);
        Assert.That(changes.Changes.Single(change => change.Kind == "Model").Text, Is.EqualTo("a: capabilities (none) becomes chat, fim, tools"));
        Assert.That(changes.AffectedTenants, Is.EqualTo(new[] { "acme" }));
    }

    private static string Text(RouteDocument changed) => PolicyComparison.Compare(Document(Route), Document(changed)).Changes.Single(change => change.Kind == "Route").Text;

    private static PolicyDocument Document(RouteDocument route) => new(
        [new("p", ProviderProtocol.OpenAi, "https://p.example/v1", "s", "eu")], [new("a", [new("p", "a")])], [route], [new("acme", ["*"], [], ["eu"])]);
}
