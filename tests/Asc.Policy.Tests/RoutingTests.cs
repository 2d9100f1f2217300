using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>Which candidate a route asks first, and which next.</summary>
public sealed class RoutingTests
{
    private static readonly string[] Models = ["a", "b", "c"];

    [Test]
    public void Priority_asks_in_the_order_written() => Assert.That(Ranked(new("chat", Targets(("c", 1), ("a", 1)))), Is.EqualTo(new[] { "c", "a" }));

    [Test]
    public void Weights_are_how_often_a_target_is_asked_first()
    {
        var policy = Policy(new RouteDocument("chat", Targets(("a", 6), ("b", 3), ("c", 1))) { Strategy = RouteStrategy.Weighted });
        var first = Enumerable.Range(0, 20_000).Select(i => Ranked(policy, new() { Routing = new(Draw: StableHash.Mix((ulong)i)) })[0]).CountBy(name => name).ToDictionary();

        Assert.That((first["a"] / 20_000.0, first["b"] / 20_000.0, first["c"] / 20_000.0), Is.EqualTo((0.6, 0.3, 0.1)).Using<(double, double, double)>((x, y) =>
            Math.Abs(x.Item1 - y.Item1) < 0.02 && Math.Abs(x.Item2 - y.Item2) < 0.02 && Math.Abs(x.Item3 - y.Item3) < 0.02));
    }

    [TestCase(RouteStrategy.Weighted)]
    [TestCase(RouteStrategy.LeastLatency)]
    public void What_sticks_stays_where_it_is_while_that_is_well_and_comes_back_to_it(RouteStrategy strategy)
    {
        var policy = Policy(new RouteDocument("chat", Targets(("a", 1), ("b", 1), ("c", 1))) { Strategy = strategy, Sticky = new("x-session", false) });
        Gen.ULong.Sample(draw =>
        {
            var all = Ranked(policy, new() { Routing = new(Draw: draw, IsSticky: true, Latencies: [3, 2, 1]) });
            var without = Ranked(policy, new() { Routing = new(Draw: draw, IsSticky: true, Unhealthy: 1UL << Array.IndexOf(Models, all[2])) });
            return without.SequenceEqual(all.Take(2)) && Ranked(policy, new() { Routing = new(Draw: draw, IsSticky: true) }).SequenceEqual(all);
        });
    }

    [Test]
    public void Of_two_that_are_drawn_the_faster_is_asked_first()
    {
        var policy = Policy(new RouteDocument("chat", Targets(("a", 1), ("b", 1), ("c", 1))) { Strategy = RouteStrategy.LeastLatency });
        var ranked = Enumerable.Range(0, 3000).Select(i => Ranked(policy, new() { Routing = new(Draw: (ulong)i * 7919, Latencies: [30, 10, 20]) })).ToArray();

        Assert.That(ranked.Select(names => names[0]).Distinct(), Is.EquivalentTo(new[] { "b", "c" }), "the slowest of three wins against nobody, and the fastest isn't asked by all");
        Assert.That(ranked.Count(names => names[0] == "b") / 3000.0, Is.EqualTo(2 / 3.0).Within(0.05));
        Assert.That(ranked.Select(names => names[2]), Is.All.EqualTo("a"));
    }

    [TestCase(100, 10_000, "a", TestName = "A long answer goes where answers are cheap")]
    [TestCase(100_000, 10, "b", TestName = "A long prompt goes where prompts are cheap")]
    [TestCase(100, 0, "a", TestName = "An answer that nothing bounds is taken to be as long as usual")]
    public void The_cheapest_for_the_request_is_asked_first(long prompt, long output, string expected)
    {
        var policy = Policy(new RouteDocument("chat", Targets(("c", 1), ("a", 1), ("b", 1))) { Strategy = RouteStrategy.LeastCost });

        Assert.That(Ranked(policy, new() { Shape = new(PromptTokens: prompt, MaxOutputTokens: output), Routing = new(Day: Day(2026, 6, 1)) })[0], Is.EqualTo(expected));
    }

    [Test]
    public void The_price_is_that_of_the_day()
    {
        var policy = Policy(new RouteDocument("chat", Targets(("a", 1), ("b", 1), ("c", 1))) { Strategy = RouteStrategy.LeastCost });

        Assert.That(Ranked(policy, new() { Shape = new(PromptTokens: 1000), Routing = new(Day: Day(2027, 1, 1)) })[0], Is.EqualTo("c"), "cheap from 2027 on");
    }

    [TestCase("batch", "prod", "ab")]
    [TestCase("agent", "prod", "ba")]
    [TestCase("interactive", "prod", "ba")]
    public void A_model_that_stands_several_times_is_asked_once_where_it_stands_first_for_the_request(string workload, string env, string expected)
    {
        var policy = Policy(new RouteDocument("chat", [new("a", When: When(workloads: ["batch"])), new("b"), new("a", When: When(env: "prod")), new("a")]));

        Assert.That(string.Concat(Ranked(policy, Facts(policy, workload, env))), Is.EqualTo(expected));
        var trace = PolicyExplainer.Explain(policy, Facts(policy, workload, env), "chat", "eu");
        Assert.That(
            trace.Candidates.Where(candidate => candidate.Model == "a" && candidate.ExcludedBy != PolicyRule.None).Select(candidate => candidate.Reason).ToArray(),
            Is.EqualTo(expected == "ab"
                ? new[] { "an earlier target of the route takes the request to a", "an earlier target of the route takes the request to a" }
                : ["taken only when workload batch", "an earlier target of the route takes the request to a"]));
    }

    [TestCase("batch", 0.9)]
    [TestCase("interactive", 0.5)]
    public void A_model_has_the_weight_of_the_target_that_takes_the_request(string workload, double share)
    {
        var policy = Policy(new RouteDocument("chat", [new("a", 9, When(workloads: ["batch"])), new("a"), new("b")]) { Strategy = RouteStrategy.Weighted });

        var first = Enumerable.Range(0, 20_000).Count(i => Ranked(policy, Facts(policy, workload, null) with { Routing = new(Draw: StableHash.Mix((ulong)i)) })[0] == "a");

        Assert.That(first / 20_000.0, Is.EqualTo(share).Within(0.02));
    }

    [TestCase("batch", null, 10, Capabilities.None, "a")]
    [TestCase("interactive", "prod", 10, Capabilities.None, "b")]
    [TestCase("interactive", "test", 50_000, Capabilities.Tools, "c")]
    public void A_target_takes_the_requests_that_fulfil_its_condition(string workload, string? env, long prompt, Capabilities uses, string expected)
    {
        var policy = Policy(new RouteDocument(
            "chat",
            [
                new("a", When: When(workloads: ["batch"])), new("b", When: When(env: "prod")), new("c", When: When(atLeast: 1000, uses: Capabilities.Tools)),
            ]));

        var facts = Facts(policy, workload, env) with { Shape = new(uses, prompt) };

        Assert.That(PolicyEvaluator.ChooseRoute(facts).Candidate!.Model.Name, Is.EqualTo(expected));
        var excluded = PolicyExplainer.Explain(policy, facts, "chat", "eu").Candidates.Where(candidate => candidate.Rank == 0).ToArray();
        Assert.That(excluded.Select(candidate => candidate.Reason), Is.All.Contains("taken only when"));
    }

    [Test]
    public void A_request_that_no_target_takes_is_told_which_would()
    {
        var policy = Policy(new RouteDocument("chat", [new("a", When: When(workloads: ["batch"]))]));
        var facts = Facts(policy, "interactive", null);

        var trace = PolicyExplainer.Explain(policy, facts, "chat", "eu");

        Assert.That((trace.Decision.Code, trace.Decision.Rule), Is.EqualTo((ErrorCode.ModelNotAllowed, PolicyRule.TargetCondition)));
        Assert.That(trace.Message, Does.Contain("a only when workload batch"));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "the request fulfils the condition of the target a: workload batch" }));
    }

    [TestCase(Capabilities.Vision, 0, 0, "unsupported_feature", "d does not do vision")]
    [TestCase(Capabilities.None, 0, 9000, "unsupported_feature", "8000 tokens at most")]
    [TestCase(Capabilities.None, 40_000, 0, "context_length_exceeded", "holds 32000")]
    [TestCase(Capabilities.None, 31_000, 8000, "context_length_exceeded", "about 31000 tokens and the answer may have 8000")]
    [TestCase(Capabilities.Tools, 24_000, 8000, "", "")]
    public void A_model_is_asked_for_no_more_than_it_can(Capabilities uses, long prompt, long output, string code, string message)
    {
        var policy = Policy(new RouteDocument("chat", [new("d")]));
        var facts = Facts(policy, "interactive", null) with { Shape = new(uses, prompt, output) };

        var trace = PolicyExplainer.Explain(policy, facts, "chat", "eu");

        Assert.That((trace.Decision.Code.WireName(), trace.Message.Contains(message, StringComparison.Ordinal)), Is.EqualTo((code, true)), trace.Message);
    }

    [Test]
    public void Who_is_asked_after_others_though_it_may_serve_has_its_reason_in_the_trace()
    {
        var policy = Policy(new RouteDocument("chat", Targets(("a", 1), ("b", 1), ("c", 1))));

        var trace = PolicyExplainer.Explain(policy, Facts(policy, "interactive", null) with { Routing = new(Resting: 0b010, Limited: 0b001) }, "chat", "eu");

        Assert.That(trace.Candidates.Select(candidate => (candidate.Model, candidate.Rank, candidate.Reason)), Is.EqualTo(new[]
        {
            ("a", 3, "asked last: a was at one of its limits"), ("b", 2, "asked late: it had asked to be left alone"), ("c", 1, null),
        }));
    }

    [Test]
    public void Whatever_the_strategy_only_what_is_permitted_is_ranked_and_each_once()
    {
        var strategies = Enum.GetValues<RouteStrategy>();
        Gen.Select(Gen.Int[0, strategies.Length - 1], Gen.ULong, Gen.Int[0, 15], Gen.Int[0, 15], Gen.Int[0, 15], Gen.Float[0, 100].Array[4]).Sample((strategy, draw, unhealthy, resting, limited, latencies) =>
        {
            var policy = Policy(new RouteDocument("chat", Targets(("a", 1), ("b", 5), ("c", 2), ("d", 1))) { Strategy = strategies[strategy] });
            var ranked = Ranked(policy, new() { Routing = new((ulong)unhealthy, (ulong)resting, (ulong)limited, draw, Latencies: latencies) });
            var well = Models.Append("d").Where((_, place) => ((unhealthy >> place) & 1) == 0).ToArray();
            var lateness = ranked.Select(name => name[0] - 'a').Select(place => (2 * ((limited >> place) & 1)) + ((resting >> place) & 1)).ToArray();
            return ranked.Order().SequenceEqual(well) && lateness.SequenceEqual(lateness.Order());
        });
    }

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;

    private static ImmutableArray<RouteTargetDocument> Targets(params (string Model, int Weight)[] targets) => [.. targets.Select(target => new RouteTargetDocument(target.Model, target.Weight))];

    private static TargetConditionDocument When(string[]? workloads = null, string? env = null, long atLeast = 0, Capabilities uses = Capabilities.None) => new(
        [.. workloads ?? []],
        env is null ? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("env", [env]),
        [], atLeast, null, uses);

    private static string[] Ranked(RouteDocument route) => Ranked(Policy(route), default);

    private static string[] Ranked(CompiledPolicy policy, RequestFacts given)
    {
        var ranking = default(CandidateRanking);
        var facts = given.Tenant is null ? Facts(policy, "interactive", null) with { Shape = given.Shape, Routing = given.Routing } : given;
        PolicyEvaluator.ChooseRoute(facts, ref ranking);
        var candidates = policy.FindName("chat")!.Candidates;
        var names = new string[ranking.Count];
        for (var rank = 0; rank < names.Length; rank++)
        {
            names[rank] = candidates[ranking[rank]].Model.Name;
        }

        return names;
    }

    private static RequestFacts Facts(CompiledPolicy policy, string workload, string? env)
    {
        var tenant = policy.FindTenant("acme")!;
        return new(tenant, policy.FindName("chat"), policy.Regions.BitOf("eu"), null, AccessSwitches.None)
        {
            Attribution = RequestAttribution.Of(policy, tenant, null, env is null ? [] : [KeyValuePair.Create("env", env)], workload, []),
        };
    }

    private static CompiledPolicy Policy(RouteDocument route) => PolicyCompiler.Compile(
        new PolicyDocument(
            [new ProviderDocument("p", ProviderProtocol.OpenAi, "https://eu.example", "s", "eu")],
            [
                Model("a", "2.00", "1.00"), Model("b", "0.10", "30.00"), Model("c", "5.00", "5.00"),
                Model("d", "1", "1") with { ContextWindow = 32_000, MaxOutputTokens = 8000, Capabilities = Capabilities.Tools | Capabilities.Streaming },
            ],
            [route],
            [new TenantDocument("acme", ["chat"], [], ["eu"], "t")]),
        1);

    private static ModelDocument Model(string name, string input, string output) => new(name, [new("p", name)])
    {
        Prices = name == "c" ? [new("2026-01-01", "USD", input, "", output), new("2027-01-01", "USD", "0.01", "", "0.01")] : [new("2026-01-01", "USD", input, "", output)],
    };
}
