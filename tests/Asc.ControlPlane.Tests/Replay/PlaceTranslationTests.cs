using Asc.ControlPlane.Replay;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Tests.Replay;

/// <summary>What a node knew of deployments, by the places of another policy.</summary>
internal sealed class PlaceTranslationTests
{
    [Test]
    public void Health_follows_the_deployment()
    {
        var translation = PlaceTranslation.Between(Chat(["a", "b", "c"]), Chat(["c", "new", "a"]));
        var translated = translation.Translate(new(Unhealthy: 0b001, Resting: 0b110, Latencies: [1, 2, 3]), "r");
        Assert.That((translated.Unhealthy, translated.Resting), Is.EqualTo((0b100UL, 0b001UL)), "a fails, c rests, and nothing is known of the new one");
        Assert.That(translated.Latencies, Is.EqualTo(new[] { 3f, 0f, 1f }));
    }

    [Test]
    public void The_same_name_elsewhere_is_another_deployment()
    {
        var moved = PlaceTranslation.Between(Chat(["a"]), Chat(["a"], region: "us"));
        Assert.That(moved.Translate(new(Unhealthy: 1), "r").Unhealthy, Is.Zero);
    }

    [Test]
    public void A_deployment_that_stands_twice_is_each_time_its_own()
    {
        var twice = PlaceTranslation.Between(Chat(["a", "b", "a"]), Chat(["b", "a", "a", "a"]));
        Assert.That(twice.Translate(new(Unhealthy: 0b100), "r").Unhealthy, Is.EqualTo(0b1100UL), "the second and, as nothing else is known, the third");
        var latencies = new[] { 1f, 2f };
        Assert.That(PlaceTranslation.Between(Chat(["a", "b"]), Chat(["a", "b"])).Translate(new(0b01, 0b10, 0, 5, false, latencies, 7), "r"), Is.EqualTo(new RoutingInputs(0b01, 0b10, 0, 5, false, latencies, 7)));
    }

    [TestCase(60, 60, 0b11UL)]
    [TestCase(60, 6, 0b11UL)]
    [TestCase(60, 61, 0UL, Description = "It may have room now.")]
    [TestCase(60, null, 0UL)]
    public void A_model_that_was_at_its_limit_still_is_unless_that_is_raised_or_gone(int before, int? after, ulong limited)
    {
        foreach (var names in new[] { new[] { "b", "a" }, ["a", "b"] })
        {
            var translated = PlaceTranslation.Between(Chat(["a", "b"], limit: before), Chat(names, limit: after)).Translate(new(Limited: 0b11), "r");
            Assert.That(translated.Limited, Is.EqualTo(limited));
        }
    }

    [Test]
    public void Requests_that_nothing_was_drawn_for_are_told_apart()
    {
        var drawn = PlaceTranslation.Between(Chat(["a", "b"]), Chat(["a", "b"], RouteStrategy.Weighted));
        var draws = Enumerable.Range(0, 100).Select(i => drawn.Translate(default, $"r{i}").Draw).ToArray();
        Assert.That(draws, Is.Unique);
        Assert.That(drawn.Translate(default, "r1").Draw, Is.EqualTo(draws[1]), "each time the same");
        var before = PlaceTranslation.Between(Chat(["a", "b"], RouteStrategy.LeastLatency), Chat(["a", "b"], RouteStrategy.Weighted));
        Assert.That(before.Translate(new(Draw: 9), "r").Draw, Is.EqualTo(9UL));
    }

    [Test]
    public void Of_an_unknown_version_nothing_is_known() => Assert.That(
        PlaceTranslation.Between(null, Chat(["a", "b"])).Translate(new(ulong.MaxValue, ulong.MaxValue), "r"), Is.EqualTo(default(RoutingInputs)));

    // A route over one-deployment models; a model may stand twice where only its deployments are looked at.
    private static CompiledName Chat(string[] models, RouteStrategy strategy = RouteStrategy.Priority, string region = "eu", int? limit = null) => PolicyCompiler.Compile(
        new PolicyDocument(
            [new ProviderDocument("p", ProviderProtocol.OpenAi, "https://p.example", "s", region)],
            [.. models.Distinct().Select(model => new ModelDocument(model, [new("p", model)]) { Limits = new(limit, null, null) })],
            [new RouteDocument("chat", [.. models.Select(model => new RouteTargetDocument(model))]) { Strategy = strategy }],
            [new TenantDocument("t", ["*"], [], [region], "t")]),
        1).FindName("chat")!;
}
