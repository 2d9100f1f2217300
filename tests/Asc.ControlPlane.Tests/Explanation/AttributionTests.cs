using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Explanation;

/// <summary>Tags, workloads and data classes: in keys, explanations, descriptions, events and diffs.</summary>
internal sealed class AttributionTests
{
    [Test]
    public async Task A_key_keeps_what_it_is_bound_to_through_a_rotation()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var issued = await BoundAsync(plane);
        Assert.That(issued.Warnings, Is.Empty);
        var rotated = plane.Note(await plane.Admin.RotateKeyAsync(new() { Id = issued.Key.Id }), key => key.Secret);

        var listed = (await plane.Admin.ListKeysAsync(new())).Keys.Single(key => key.Id == rotated.Key.Id);
        Assert.That((listed.Tags, listed.Workloads.Single(), listed.DataClasses.Single()), Is.EqualTo((new Dictionary<string, string> { ["bu"] = "onc", ["env"] = "prod" }, "batch", "phi")));
        Assert.That(listed, Is.EqualTo(rotated.Key));
    }

    [Test]
    public async Task A_node_gets_what_a_key_is_bound_to_as_its_grant()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var token = (await plane.NodeTokenAsync("eu")).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, "eu");
        await node.AcceptAsync();
        var issued = await BoundAsync(plane);
        var rotated = plane.Note(await plane.Admin.RotateKeyAsync(new() { Id = issued.Key.Id }), key => key.Secret);
        await node.ReadUntilAsync(() => node.Keys.ContainsKey(rotated.Key.Id));

        var grants = await plane.FetchAsync(token, [node.Keys[issued.Key.Id].GrantSha256, node.Keys[rotated.Key.Id].GrantSha256]);
        Assert.That(grants.Select(content => KeyGrant.Parser.ParseFrom(content.Content)), Is.All.EqualTo(
            new KeyGrant { Tags = { ["bu"] = "onc", ["env"] = "prod" }, Workloads = { "batch" }, DataClasses = { "phi" } }));
    }

    [TestCase("b u", "x", "", "", "\"b u\" is no tag")]
    [TestCase("bu", "a,b", "", "", "the value of the tag bu")]
    [TestCase("bu", "x", "Batch", "", "\"Batch\" is no workload's name")]
    [TestCase("bu", "x", "", "PHI", "\"PHI\" is no data class's name")]
    public async Task A_key_says_nothing_that_a_header_could_not(string tag, string value, string workload, string dataClass, string message)
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var request = new CreateKeyRequest { Tenant = "acme/health", Name = "odd", Tags = { [tag] = value } };
        request.Workloads.AddRange(workload.Split(',', StringSplitOptions.RemoveEmptyEntries));
        request.DataClasses.AddRange(dataClass.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var (status, error) = await Refusal.OfAsync(plane.Admin.CreateKeyAsync(request));
        Assert.That(status, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public async Task A_key_that_could_not_be_used_is_made_with_a_warning()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var issued = plane.Note(await plane.Admin.CreateKeyAsync(new() { Tenant = "acme/health", Name = "odd", Tags = { ["env"] = "dev" }, Workloads = { "bach" }, DataClasses = { "hr" } }), key => key.Secret);
        Assert.That(issued.Warnings, Is.EqualTo(new[]
        {
            "acme/health does not allow the tag env=dev: the key's requests are refused until it does", "acme/health takes no bach requests: did you mean \"batch\"?",
            "acme/health has no rule for the data class hr: the key's requests are refused until it has",
        }));
    }

    [Test]
    public async Task A_hypothetical_request_says_what_it_would_say()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var silent = await plane.Admin.ExplainAsync(Ask());
        Assert.That((silent.Code, silent.Rule, silent.Origin), Is.EqualTo(("tag_required", "tags.require", "acme/health")));
        Assert.That(silent.WouldPassIf, Is.EqualTo(new[] { "the request carries the tag bu (x-asc-tags: bu=…)" }));
        Assert.That(silent.Checks.Where(check => check.Outcome == "fail").Select(check => (check.Name, check.Inputs["required"], check.Origin)), Is.EqualTo(new[] { ("tags.require", "bu", "acme/health") }));

        var said = Ask();
        (said.Workload, said.Tags["bu"]) = ("batch", "onc");
        Assert.That((await plane.Admin.ExplainAsync(said)).Verdict, Is.EqualTo("allow"));
        said.DataClasses.Add("phi");
        var phi = await plane.Admin.ExplainAsync(said);
        Assert.That((phi.Code, phi.Rule, phi.Candidates.Select(candidate => candidate.Reason).First()), Is.EqualTo(("attestation_required", "dataClasses.requireAttestations", "attests nothing; phi demands hipaa-baa")));
        said.Workload = "agent";
        Assert.That((await plane.Admin.ExplainAsync(said)).Code, Is.EqualTo("workload_not_allowed"));

        var key = await BoundAsync(plane);
        var changed = Ask();
        (changed.KeyId, changed.Tags["bu"]) = (key.Key.Id, "cardio");
        Assert.That((await plane.Admin.ExplainAsync(changed)).Rule, Is.EqualTo("key.tags"));
    }

    [Test]
    public async Task A_record_is_explained_by_what_was_said_and_shown_with_what_came_of_it()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var key = await plane.KeyAsync("acme/health");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        var batch = reporter.Batch([1, 2, 3]);
        var tagless = ReportTests.Denied(batch.Records[0], key.Key, "tag_required");
        var changed = ReportTests.Denied(batch.Records[1], key.Key, "tag_not_allowed");
        changed.Inputs = new() { Tags = { ["bu"] = "x" }, KeyTags = { ["bu"] = "onc" } };
        var served = ReportTests.Served(batch.Records[2], key.Key);
        (served.Workload, served.Tags["bu"], served.Tags["env"]) = ("batch", "onc", "prod");
        served.DataClasses.Add("pii");
        served.Inputs = new() { Tags = { ["bu"] = "onc" }, Workload = "batch", DataClasses = { "pii" } };
        foreach (var record in batch.Records)
        {
            (record.PolicyVersion, record.RequestedModel) = (1, "gpt-5-mini");
        }

        await reporter.SendAsync(batch);

        Assert.That((await ExplainAsync(tagless.Id)).Rule, Is.EqualTo("tags.require"));
        Assert.That((await ExplainAsync(changed.Id)).Rule, Is.EqualTo("key.tags"));
        var explained = await ExplainAsync(served.Id);
        Assert.That((explained.Verdict, explained.Checks.Single(check => check.Name == "tags.require").Inputs["tags"]), Is.EqualTo(("allow", "bu=onc, env=prod")));
        Assert.That(explained.Checks.Single(check => check.Name == "workloads.allow").Inputs["workload"], Is.EqualTo("batch"));
        var shown = (await ReportTests.ReadAsync(plane, new() { RequestId = served.Id })).Single().Request;
        Assert.That((shown.Tags, shown.Workload, shown.DataClasses.Single()), Is.EqualTo((new Dictionary<string, string> { ["bu"] = "onc", ["env"] = "prod" }, "batch", "pii")));

        async Task<ExplainResponse> ExplainAsync(string id) => await plane.Admin.ExplainRecordAsync(new() { RequestId = id });
    }

    [Test]
    public async Task A_tenant_s_rules_are_described_with_their_origin_and_its_names_as_for_a_request_that_is_as_it_should_be()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        var described = await plane.Admin.DescribeTenantAsync(new() { Path = "acme/health" });
        Assert.That(described.Rules.Select(rule => (rule.Rule, string.Join(',', rule.Values), rule.Origin)), Is.SupersetOf(new[]
        {
            ("tags.require", "bu", "acme/health"), ("tags.allow.env", "prod,test", "acme/health"), ("tags.default.env", "prod", "acme/health"), ("workloads.allow", "interactive,batch", "acme/health"),
            ("workloads.default", "batch", "acme/health"), ("dataClasses.floor", "pii", "acme/health"), ("dataClasses.rules.phi", "hipaa-baa, no caching", "acme"), ("dataClasses.rules.pii", "nothing", "acme"),
        }));
        Assert.That(described.Names.Select(name => name.Name), Is.EqualTo(new[] { "chat-default", "gpt-5-mini" }));
    }

    [Test]
    public async Task A_workload_is_a_resource_like_any_other()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Policy());
        Assert.That((await plane.Admin.ListResourcesAsync(new() { Kind = "Workload" })).Resources.Select(listed => (listed.Resource.Metadata.Name, listed.Published)), Is.EqualTo(new[] { ("batch", true) }));
        await plane.Admin.DeleteResourceAsync(new() { Kind = "Workload", Name = "batch" });
        var diff = await plane.Admin.DiffAsync(new());
        Assert.That(diff.Changes.Select(change => change.Text), Is.EqualTo(new[] { "batch is removed", "acme for batch requests gains small", "acme/retail for batch requests gains small" }));
    }

    private static ExplainRequest Ask() => new() { Tenant = "acme/health", Model = "gpt-5-mini" };

    private static async Task<IssuedKey> BoundAsync(TestPlane plane) => plane.Note(
        await plane.Admin.CreateKeyAsync(new() { Tenant = "acme/health", Name = "bound", Tags = { ["env"] = "prod", ["bu"] = "onc" }, Workloads = { "batch" }, DataClasses = { "phi" } }), key => key.Secret);

    private static Resource[] Policy()
    {
        var resources = Sample.All;
        var acme = resources.Single(resource => resource.Metadata.Path == "acme").Tenant;
        acme.DataClasses = new() { Rules = { ["phi"] = new() { RequireAttestations = { "hipaa-baa" }, ForbidCaching = true }, ["pii"] = new() } };
        var health = resources.Single(resource => resource.Metadata.Path == "acme/health").Tenant;
        health.Tags = new() { Require = { "bu" }, Allow = { ["env"] = new() { Values = { "prod", "test" } } }, Default = { ["env"] = "prod" } };
        health.Workloads = new() { Allow = new() { Values = { "interactive", "batch" } }, Default = "batch" };
        health.DataClasses = new() { Floor = { "pii" } };
        return [.. resources, new() { Metadata = new() { Name = "batch" }, Workload = new() { Models = new() { Deny = { "small" } } } }];
    }
}
