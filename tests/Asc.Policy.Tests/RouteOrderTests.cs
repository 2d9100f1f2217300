using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>An explanation says what put the candidates of a route in their order, and doesn't say what nobody knows yet.</summary>
public sealed class RouteOrderTests
{
    private static readonly int Today = new DateOnly(2026, 6, 1).DayNumber;

    [Test]
    public void Least_cost_tells_the_price_of_each_for_this_request()
    {
        var trace = Explain(RouteStrategy.LeastCost, new(Day: Today), new(PromptTokens: 1000, MaxOutputTokens: 200), isForeseen: true);

        Assert.That(trace.Order, Is.EqualTo(new OrderTrace("least-cost", "the cheapest first, by the prices of 2026-06-01 for a prompt of 1000 tokens and an answer of 200, the most that it asks for", false)));
        Assert.That(Kept(trace), Is.EqualTo(new[] { ("b", "0.0001 USD"), ("a", "0.0022 USD"), ("c", "no price on that day") }));
        Assert.That(trace.Message, Does.EndWith("served by b of p in eu."));
    }

    [Test]
    public void An_answer_that_nothing_bounds_is_taken_as_usual() =>
        Assert.That(Explain(RouteStrategy.LeastCost, new(Day: Today), default).Order!.Text, Does.EndWith("an answer of 1000, as it bounds none"));

    [Test]
    public void Beforehand_nobody_knows_what_is_drawn_by_weight()
    {
        var trace = Explain(RouteStrategy.Weighted, default, default, isForeseen: true);

        Assert.That(trace.Message, Is.EqualTo("acme may use \"chat\" at eu: which of 3 targets serves it is drawn, by their weights (a 1, b 6, c 3)."));
        Assert.That(trace.Order, Is.EqualTo(new OrderTrace("weighted", "drawn for each request, the first as often as the weights say", true)));
        Assert.That(Kept(trace), Is.EqualTo(new[] { ("b", "weight 6 of 10"), ("c", "weight 3 of 10"), ("a", "weight 1 of 10") }));
    }

    [Test]
    public void Of_one_target_that_is_left_it_is_known()
    {
        var trace = Explain(RouteStrategy.Weighted, new(Unhealthy: 0b110), default, isForeseen: true);

        Assert.That((trace.Order!.IsOpen, trace.Message), Is.EqualTo((false, "acme may use \"chat\" at eu: served by a of p in eu.")));
    }

    [Test]
    public void Afterwards_it_is_told_what_was_drawn_though_it_was_asked_last()
    {
        var drawn = Kept(Explain(RouteStrategy.Weighted, new(Draw: 7), default))[0].Model;
        var trace = Explain(RouteStrategy.Weighted, new(Draw: 7, Limited: 1UL << "abc".IndexOf(drawn, StringComparison.Ordinal)), default);

        Assert.That(trace.Order!.Text, Is.EqualTo($"drawn for this request, and drew {drawn} of p; what is at a limit or asked to be left alone comes last"));
        Assert.That(Kept(trace)[^1].Model, Is.EqualTo(drawn));
    }

    [Test]
    public void For_a_request_that_was_refused_before_nothing_was_drawn()
    {
        var trace = Explain(RouteStrategy.Weighted, default, default, model: "a");
        Assert.That((trace.Decision.IsAllowed, trace.Order), Is.EqualTo((false, (OrderTrace?)null)), "a model is no route");
        Assert.That(Explain(RouteStrategy.Weighted, default, default, region: "us").Order!.IsOpen, Is.True);
    }

    [Test]
    public void What_sticks_says_by_what()
    {
        Assert.That(Explain(RouteStrategy.Weighted, new(Draw: 7, IsSticky: true), default, sticky: new("x-session", false)).Order!.Text, Does.StartWith("sticky: requests of the same x-session draw alike, and drew "));
        Assert.That(
            Explain(RouteStrategy.LeastLatency, default, default, isForeseen: true, sticky: new("", true)).Order!.Text,
            Is.EqualTo("the faster of two that are drawn, then the others by latency; no node was asked what it measures; requests of the same conversation draw alike"));
    }

    [Test]
    public void Least_latency_tells_what_was_expected_and_which_two_were_drawn()
    {
        var trace = Explain(RouteStrategy.LeastLatency, new(Draw: 3, Latencies: [30, 10, 20]), default);

        Assert.That(Kept(trace), Is.EquivalentTo(new[] { ("a", "expected to take 30 ms"), ("b", "expected to take 10 ms"), ("c", "expected to take 20 ms") }));
        Assert.That(trace.Order!.Text, Does.StartWith($"the faster of two that are drawn, then the others by latency; drawn were {Kept(trace)[0].Model} of p and "));
        Assert.That(trace.Order.IsOpen, Is.False);
    }

    [Test]
    public void Beforehand_nobody_knows_what_a_node_measures()
    {
        var trace = Explain(RouteStrategy.LeastLatency, default, default, isForeseen: true);

        Assert.That(trace.Message, Is.EqualTo("acme may use \"chat\" at eu: which of 3 candidates serves it depends on what the node measures: it asks the faster of two that it draws."));
        Assert.That((trace.Order!.IsOpen, Kept(trace).Select(candidate => candidate.Key)), Is.EqualTo((true, new string?[] { null, null, null })).Using<(bool, IEnumerable<string?>)>((x, y) => x.Item1 == y.Item1 && x.Item2.SequenceEqual(y.Item2)));
    }

    [Test]
    public void Priority_is_as_written() => Assert.That(Explain(RouteStrategy.Priority, default, default, isForeseen: true).Order, Is.EqualTo(new OrderTrace("priority", "as written", false)));

    private static (string Model, string? Key)[] Kept(DecisionTrace trace) => [.. trace.Candidates.Where(candidate => candidate.Rank > 0).OrderBy(candidate => candidate.Rank).Select(candidate => (candidate.Model, candidate.OrderedBy))];

    private static DecisionTrace Explain(RouteStrategy strategy, RoutingInputs routing, RequestShape shape, bool isForeseen = false, StickyDocument? sticky = null, string model = "chat", string region = "eu")
    {
        var policy = PolicyCompiler.Compile(
            new PolicyDocument(
                [new ProviderDocument("p", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu")],
                [Model("a", "2026-01-01", "2.00", "1.00"), Model("b", "2026-01-01", "0.05", "0.25"), Model("c", "2027-01-01", "0.01", "0.01")],
                [new RouteDocument("chat", [new("a"), new("b", 6), new("c", 3)]) { Strategy = strategy, Sticky = sticky }],
                [new TenantDocument("acme", ["chat"], [], ["eu"], "t")]),
            1);
        var facts = new RequestFacts(policy.FindTenant("acme")!, policy.FindName(model), policy.Regions.BitOf(region), null, AccessSwitches.None) { Routing = routing, Shape = shape };
        return PolicyExplainer.Explain(policy, facts, model, region, isForeseen);
    }

    private static ModelDocument Model(string name, string from, string input, string output) => new(name, [new("p", name)]) { Prices = ImmutableArray.Create(new PriceDocument(from, "USD", input, "", output)) };
}
