using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.Simulator.Faults;
using Google.Protobuf.WellKnownTypes;

namespace Asc.DataPlane.Tests.Resilience;

/// <summary>What a node reads of a request, knows of its deployments and draws decides who is asked first.</summary>
[TestFixture]
internal sealed class RoutingTests : GatewayFixture
{
    public RoutingTests() => Secrets["p-us"] = "provider-secret";

    [Test]
    public async Task Requests_with_the_same_value_of_the_header_go_to_the_same_deployment_on_every_node_and_others_elsewhere()
    {
        await EnforceAsync(new() { Strategy = Strategy.Weighted, Sticky = new() { Header = "x-session" }, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } });
        var places = new Dictionary<string, string>();
        for (var i = 0; i < 60; i++)
        {
            var session = $"session-{i % 20}";
            var region = await RegionAsync(Chat, ("x-session", session));
            Assert.That(places.TryAdd(session, region) || places[session] == region, Is.True, $"{session} moved to {region}");
        }

        Assert.That(places.Values.Distinct().Count(), Is.EqualTo(2));
        await RestartNodeAsync();
        await EnforceAsync(new() { Strategy = Strategy.Weighted, Sticky = new() { Header = "x-session" }, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } });
        Assert.That(await RegionAsync(Chat, ("x-session", "session-7")), Is.EqualTo(places["session-7"]), "nothing is stored");
    }

    [Test]
    public async Task The_turns_of_one_conversation_go_to_the_same_deployment()
    {
        await EnforceAsync(new() { Strategy = Strategy.LeastLatency, Sticky = new() { Conversation = true }, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } });
        var places = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            var opening = $"{{\"role\":\"system\",\"content\":\"Be brief.\"}},{{\"role\":\"user\",\"content\":\"Question {i}\"}}";
            var first = await RegionAsync($"{{\"model\":\"gpt-5-mini\",\"messages\":[{opening}]}}");
            var second = await RegionAsync($"{{\"model\":\"gpt-5-mini\",\"messages\":[{opening},{{\"role\":\"assistant\",\"content\":\"Yes\"}},{{\"role\":\"user\",\"content\":\"Why?\"}}]}}");
            Assert.That(second, Is.EqualTo(first));
            places.Add(first);
        }

        Assert.That(places.Distinct().Count(), Is.EqualTo(2), "not all in one place");
    }

    [TestCase(false)]
    [TestCase(true, Description = "A request that carries no such header sticks to nothing.")]
    public async Task The_faster_deployment_is_asked_once_it_is_known_to_be(bool sticky)
    {
        await EnforceAsync(new() { Strategy = Strategy.LeastLatency, Sticky = sticky ? new() { Header = "x-session" } : null, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } });
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(150), Match = new("eu", null, null) });
        for (var i = 0; i < 4; i++)
        {
            await RegionAsync(Chat);
        }

        var regions = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            regions.Add(await RegionAsync(Chat));
        }

        Assert.That(regions, Is.All.EqualTo("us"));
    }

    [TestCase(FaultKind.Stall)]
    [TestCase(FaultKind.Status)]
    public async Task A_deployment_that_fails_is_not_taken_for_the_fastest(FaultKind failure)
    {
        await EnforceAsync(
            new() { Strategy = Strategy.LeastLatency, Retry = new() { Attempts = 1 }, Targets = { new RouteTarget { Model = "m-eu" }, new RouteTarget { Model = "m-us" } } },
            timeout: TimeSpan.FromMilliseconds(200));
        simulator.SetFaults(new Fault { Kind = failure, Status = 500, Match = new("eu", null, null) });

        for (var i = 0; i < 8; i++)
        {
            Assert.That(await RegionAsync(Streamed), Is.EqualTo("us"));
        }

        Assert.That(simulator.Requests.Since(0).Count(request => request.Region == "eu"), Is.LessThanOrEqualTo(1), "of the one call that showed it");
    }

    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]}", "eu", TestName = "tools")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false},\"strict\":true}}}", "eu", TestName = "JSON schema")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}},{\"type\":\"text\",\"text\":\"Hi\"}]}]}", "eu", TestName = "an image")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"response_format\":{\"type\":\"text\"}}", "us", TestName = "none of them")]
    public async Task A_model_is_not_asked_for_what_it_can_not_do(string body, string expected)
    {
        await EnforceAsync(
            new() { Targets = { new RouteTarget { Model = "m-us" }, new RouteTarget { Model = "m-eu" } } },
            change: models => models["m-us"].Capabilities.Add(Capability.Streaming));

        Assert.That(await RegionAsync(body), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_prompt_goes_where_it_fits_and_pictures_do_not_count_as_text()
    {
        await EnforceAsync(
            new() { Targets = { new RouteTarget { Model = "m-us" }, new RouteTarget { Model = "m-eu" } } }, change: models => models["m-us"].ContextWindow = 1000);

        Assert.That(await RegionAsync(Text(100)), Is.EqualTo("us"));
        Assert.That(await RegionAsync(Text(8000)), Is.EqualTo("eu"));
        Assert.That(
            await RegionAsync($"{{\"model\":\"gpt-5-mini\",\"messages\":[{{\"role\":\"user\",\"content\":[{{\"type\":\"image_url\",\"image_url\":{{\"url\":\"data:image/png;base64,{new string('A', 8000)}\"}}}},{{\"type\":\"text\",\"text\":\"Hi\"}}]}}]}}"), Is.EqualTo("us"));
    }

    [Test]
    public async Task A_prompt_that_fits_nowhere_is_told_how_long_it_may_be()
    {
        await EnforceAsync(new() { Targets = { new RouteTarget { Model = "m-us" } } }, change: models => models["m-us"].ContextWindow = 1000);

        var words = string.Concat(Enumerable.Repeat("some words ", 1000));
        await AssertErrorAsync(Request(Asking(words)), 400, "context_length_exceeded", "about 20", "context window of m-us holds 1000");
        Assert.That(simulator.Requests.Since(0), Is.Empty);
        Assert.That((await RecordAsync()).Rule, Is.EqualTo("model.contextWindow"));
    }

    [Test]
    public async Task A_prompt_that_only_looks_too_long_is_counted_before_it_is_refused()
    {
        await EnforceAsync(new() { Targets = { new RouteTarget { Model = "m-us" } } }, change: models => models["m-us"].ContextWindow = 1000);

        var escaped = string.Concat(Enumerable.Repeat("\\u4f01\\u4e1a", 350));
        Assert.That(await RegionAsync(Asking(escaped)), Is.EqualTo("us"), "4,200 bytes, 700 characters");
        var indented = Asking("Hi").Replace("{\"role", "\n" + new string(' ', 8000) + "{\"role", StringComparison.Ordinal);
        Assert.That(await RegionAsync(indented), Is.EqualTo("us"));
    }

    private static string Asking(string written) => $"{{\"model\":\"gpt-5-mini\",\"messages\":[{{\"role\":\"user\",\"content\":\"{written}\"}}]}}";

    [Test]
    public async Task A_target_is_asked_only_by_the_requests_that_it_takes()
    {
        await EnforceAsync(new()
        {
            Targets =
            {
                new RouteTarget { Model = "m-us", When = new() { Workload = { "batch" } } },
                new RouteTarget { Model = "m-eu", When = new() { Tags = { ["env"] = new() { Values = { "prod" } } } } },
            },
        });

        Assert.That(await RegionAsync(Chat, ("x-asc-workload", "batch")), Is.EqualTo("us"));
        Assert.That(await RegionAsync(Chat, ("x-asc-tags", "env=prod")), Is.EqualTo("eu"));
        await AssertErrorAsync(Request(Chat), 403, "model_not_allowed", "m-us only when workload batch", "m-eu only when tag env is prod");
    }

    private static string Text(int length) => $"{{\"model\":\"gpt-5-mini\",\"messages\":[{{\"role\":\"user\",\"content\":\"{new string('a', length)}\"}}]}}";

    private async Task<string> RegionAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = Request(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, Is.True, await response.Content.ReadAsStringAsync());
        return Header(response, "x-asc-region");
    }

    private async Task EnforceAsync(RouteSpec route, Action<Dictionary<string, ModelSpec>>? change = null, TimeSpan? timeout = null)
    {
        Resource[] models = [Model("m-eu", "p-eu"), Model("m-us", "p-us")];
        change?.Invoke(models.ToDictionary(model => model.Metadata.Name, model => model.Model));
        Resource[] resources =
        [
            TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Provider("p-us", "us", simulator.OpenAiBaseUrl("us").ToString()), .. models,
            new() { Metadata = new() { Name = "gpt-5-mini" }, Route = route }, TestPublisher.Tenant("acme", ["gpt-5-mini"], "eu", "us"),
        ];
        foreach (var provider in resources.Where(resource => resource.Provider is not null && timeout is not null))
        {
            provider.Provider.Timeouts = new() { FirstToken = Duration.FromTimeSpan(timeout!.Value) };
        }

        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
    }

    private static Resource Model(string name, string provider)
    {
        var model = TestPublisher.Model(name, provider);
        model.Model.Deployments[0].UpstreamModel = "gpt-5-mini";
        return model;
    }
}
