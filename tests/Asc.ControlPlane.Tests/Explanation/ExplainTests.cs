using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;
using Asc.ControlPlane.Tests.Telemetry;
using Asc.ControlPlane.Tests.Testing;
using Grpc.Core;

namespace Asc.ControlPlane.Tests.Explanation;

internal sealed class ExplainTests
{
    [Test]
    public async Task A_hypothetical_request_is_judged_as_a_node_would()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var allowed = await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default" });
        Assert.That((allowed.Verdict, allowed.PolicyVersion), Is.EqualTo(("allow", 1UL)));
        Assert.That(allowed.Candidates.Select(candidate => (candidate.Provider, candidate.Kept)), Is.EqualTo(new[] { ("sim-eu", true), ("sim-us", false) }));

        var denied = await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "small" });
        Assert.That((denied.Verdict, denied.Code, denied.Rule, denied.Origin), Is.EqualTo(("deny", "model_not_allowed", "models.allow", "acme/health")));
        Assert.That(denied.WouldPassIf, Is.Not.Empty);
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default", Region = "us" })).Code, Is.EqualTo("residency_violation"));

        var (status, _) = await Refusal.OfAsync(plane.Admin.ExplainAsync(new() { Tenant = "nobody", Model = "small" }));
        Assert.That(status, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task A_region_is_one_that_the_policy_or_a_node_knows()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var (status, error) = await Refusal.OfAsync(plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default", Region = "mars" }));
        Assert.That((status, error.Message), Is.EqualTo((StatusCode.NotFound, "No node, provider, model or tenant knows a region \"mars\".")));

        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("mars")).Token, "mars");
        await node.AcceptAsync();
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default", Region = "mars" })).Code, Is.EqualTo("residency_violation"), "a node there would deny it");
    }

    [TestCase("/v1/messages", "top-k", "provider.protocol", "what is translated for that loses top-k")]
    [TestCase("/v1/chat/completions", "top-k", "", "")]
    [TestCase("/v1/messages", "end-user", "", "")]
    [TestCase("/mistral/v1/fim/completions", "", "provider.protocol", "has no /mistral/v1/fim/completions")]
    [TestCase("", "", "", "")]
    public async Task Where_a_request_would_be_sent_and_what_it_would_ask_for_counts(string endpoint, string feature, string rule, string message)
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var explained = await plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default", Endpoint = endpoint, Features = { feature.Length > 0 ? [feature] : Array.Empty<string>() } });
        Assert.That((explained.Rule, explained.Verdict), Is.EqualTo((rule, rule.Length > 0 ? "deny" : "allow")));
        Assert.That(explained.Message, Does.Contain(message));
    }

    [TestCase("/v1/mesages", "", "There is no endpoint \"/v1/mesages\": did you mean \"/v1/messages\"?")]
    [TestCase("/v1/messages", "sed", "There is no feature \"sed\": did you mean \"seed\"?")]
    [TestCase("", "seed", "What the request asks for is lost or not by where it is sent: name its endpoint, e.g. /v1/chat/completions.")]
    public async Task What_there_is_not_is_told(string endpoint, string feature, string message)
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var (status, error) = await Refusal.OfAsync(plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "chat-default", Endpoint = endpoint, Features = { feature.Length > 0 ? [feature] : Array.Empty<string>() } }));
        Assert.That((status, error.Message), Is.EqualTo((StatusCode.InvalidArgument, message)));
    }

    [Test]
    public async Task Switches_and_the_draft_count()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme", Suspended = true });
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "small" })).Code, Is.EqualTo("tenant_suspended"));
        await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme" });
        await plane.Admin.SetProviderDisabledAsync(new() { Name = "sim-eu", Disabled = true });
        await plane.Admin.SetProviderDisabledAsync(new() { Name = "sim-us", Disabled = true });
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "gpt-5-mini" })).Code, Is.EqualTo("no_healthy_target"));

        await plane.Admin.SetProviderDisabledAsync(new() { Name = "sim-us" });
        await plane.Admin.ApplyAsync(new() { Resources = { Sample.Tenant("acme/retail", ["gpt-5-mini"]) } });
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "small" })).Verdict, Is.EqualTo("allow"));
        var draft = await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "small", Draft = true });
        Assert.That((draft.Verdict, draft.PolicyVersion), Is.EqualTo(("deny", 0UL)));
    }

    [Test]
    public async Task What_a_request_would_be_like_is_judged()
    {
        await using var plane = await TestPlane.StartAsync();
        var route = Sample.Route("chat-shaped", "small", "gpt-5-mini");
        route.Route.Targets[0].When = new() { PromptTokens = new() { AtLeast = 1000 } };
        route.Route.Targets[1].When = new() { Uses = { Capability.Vision } };
        var tenant = Sample.Tenant("acme/retail", ["chat-shaped"]);
        tenant.Tenant.Limits = new() { MaxOutputTokens = 100 };
        await plane.PublishAsync([.. Sample.All.Where(resource => resource.Metadata.Path != "acme/retail"), route, tenant]);
        async Task<string> ServedBy(ExplainRequest request)
        {
            (request.Tenant, request.Model) = ("acme/retail", "chat-shaped");
            var explained = await plane.Admin.ExplainAsync(request);
            return explained.Candidates.FirstOrDefault(candidate => candidate.Kept)?.Model ?? explained.Rule;
        }

        Assert.That(await ServedBy(new()), Is.EqualTo("targets.when"));
        Assert.That(await ServedBy(new() { PromptTokens = 2000 }), Is.EqualTo("small"));
        Assert.That(await ServedBy(new() { Uses = { Capability.Vision } }), Is.EqualTo("gpt-5-mini"));
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "chat-shaped", PromptTokens = 2000, MaxTokens = 101 })).Rule, Is.EqualTo("limits.maxOutputTokens"));
    }

    [Test]
    public async Task A_route_by_cost_is_foreseen_by_today_s_prices_and_one_by_weight_is_not()
    {
        await using var plane = await TestPlane.StartAsync();
        var (dear, cheap, route) = (Sample.Model("dear", "sim-eu"), Sample.Model("cheap", "sim-eu"), Sample.Route("thrifty", "dear", "cheap"));
        dear.Model.Prices.Add(new Price { From = "2020-01-01", Currency = "USD", InputPerMillion = "10", OutputPerMillion = "10" });
        cheap.Model.Prices.Add(new Price { From = "2020-01-01", Currency = "USD", InputPerMillion = "1", OutputPerMillion = "1" });
        route.Route.Strategy = Strategy.LeastCost;
        await plane.PublishAsync([.. Sample.All, dear, cheap, route]);

        var explained = await plane.Admin.ExplainAsync(new() { Tenant = "acme", Model = "thrifty", PromptTokens = 1000, MaxTokens = 1000 });
        Assert.That(explained.Candidates.OrderBy(candidate => candidate.Rank).Select(candidate => (candidate.Model, candidate.OrderedBy)), Is.EqualTo(new[] { ("cheap", "0.002 USD"), ("dear", "0.02 USD") }));
        Assert.That((explained.Message.Contains("cheap-1", StringComparison.Ordinal), explained.Order.Strategy, explained.Order.Open), Is.EqualTo((true, "least-cost", false)));

        route.Route.Strategy = Strategy.Weighted;
        (route.Route.Targets[0].Weight, route.Route.Targets[1].Weight) = (1, 9);
        await plane.PublishAsync(route);
        explained = await plane.Admin.ExplainAsync(new() { Tenant = "acme", Model = "thrifty" });
        Assert.That((explained.Message, explained.Order.Open), Is.EqualTo(("acme may use \"thrifty\" at eu: which of 2 targets serves it is drawn, by their weights (dear 1, cheap 9).", true)));
    }

    [Test]
    public async Task A_key_narrows()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/retail", "gpt-*");
        Assert.That((await plane.Admin.ExplainAsync(new() { Tenant = "acme/retail", Model = "small", KeyId = key.Key.Id })).Rule, Is.EqualTo("key.models"));
        Assert.That((await plane.Admin.ExplainAsync(new() { Model = "gpt-5-mini", KeyId = key.Key.Id })).Message, Does.StartWith("acme/retail may use"), "a key has one tenant");
        var (status, _) = await Refusal.OfAsync(plane.Admin.ExplainAsync(new() { Tenant = "acme/health", Model = "small", KeyId = key.Key.Id }));
        Assert.That(status, Is.EqualTo(StatusCode.InvalidArgument));

        await plane.Admin.RevokeKeyAsync(new() { Id = key.Key.Id });
        Assert.That((await plane.Admin.ExplainAsync(new() { Model = "gpt-5-mini", KeyId = key.Key.Id })).Code, Is.EqualTo("key_revoked"), "as a node would");
    }

    [Test]
    public async Task One_key_can_be_asked_for()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.KeyAsync("acme/retail");
        var key = await plane.KeyAsync("acme/retail", "gpt-*");
        Assert.That((await plane.Admin.ListKeysAsync(new() { Id = key.Key.Id })).Keys.Single(), Is.EqualTo(key.Key));
        var (status, _) = await Refusal.OfAsync(plane.Admin.ListKeysAsync(new() { Id = "k_none" }));
        Assert.That(status, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task Of_each_rule_of_a_tenant_and_those_above_it_what_is_effective_is_told_with_who_made_it_so()
    {
        await using var plane = await TestPlane.StartAsync();
        var (group, child) = (Sample.Tenant("acme", ["*"], ["eu", "us"]), Sample.Tenant("acme/health", ["chat-default", "gpt-*"], ["eu"]));
        (group.Tenant.Limits, group.Tenant.Tags) = (new() { RequestsPerMinute = 10, MaxOutputTokens = 500 }, new() { Require = { "bu" } });
        (child.Tenant.Limits, child.Tenant.Tags) = (new() { RequestsPerMinute = 600, MaxOutputTokens = 100 }, new() { Require = { "case" } });
        group.Tenant.Models.Deny.Add("small");
        child.Tenant.Observe.Add(ObservedRules.Tags);
        await plane.PublishAsync([.. Sample.All.Where(resource => resource.Metadata.Path is not ("acme" or "acme/health" or "acme/retail")), group, child]);

        var described = await plane.Admin.DescribeTenantAsync(new() { Path = "acme/health" });

        Assert.That(described.Effective.Select(rule => (rule.Rule, string.Join(',', rule.Values), rule.Origin)), Is.EqualTo(new[]
        {
            ("models.allow", "chat-default,gpt-*", "acme/health"), ("models.deny", "small", "acme"), ("residency.allow", "eu", "acme/health"), ("tags.require", "bu", "acme"),
            ("limits.requestsPerMinute", "10", "acme"), ("limits.maxOutputTokens", "100", "acme/health"),
        }), "what is only observed binds nobody");
    }

    [Test]
    public async Task A_record_is_explained_by_the_version_that_judged_it()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/retail");
        await using var reporter = new Reporter(plane, (await plane.NodeTokenAsync("eu")).Token);
        await using var node = await TestNode.ConnectAsync(plane, (await plane.NodeTokenAsync("eu")).Token, "eu");
        await node.AcceptAsync();
        var tenantId = node.Manifest!.Resources.Single(reference => reference.Name == "acme/retail").TenantId;
        var batch = reporter.Batch([1, 2, 3, 4, 5]);
        ReportTests.Served(batch.Records[0], key.Key).RequestedModel = "small";
        ReportTests.Denied(batch.Records[1], key.Key, "model_not_allowed").Inputs = new() { DisabledModels = { "gpt-5-mini" } };
        ReportTests.Denied(batch.Records[2], key.Key, "key_revoked");
        ReportTests.Denied(batch.Records[3], key.Key, "tenant_suspended").Inputs = new() { SuspendedTenantId = tenantId };
        var cut = ReportTests.Served(batch.Records[4], key.Key);
        (cut.RequestedModel, cut.Outcome, cut.Code, cut.UpstreamStatus, cut.Provider) = ("small", Contracts.Telemetry.V1.Outcome.Failed, "provider_error", 500, "sim-eu");
        await reporter.SendAsync(batch);
        await plane.PublishAsync(Sample.Tenant("acme/retail", ["gpt-5-mini"]));

        var served = await plane.Admin.ExplainRecordAsync(new() { RequestId = batch.Records[0].Id });
        Assert.That((served.Verdict, served.PolicyVersion), Is.EqualTo(("allow", 1UL)));
        Assert.That((await plane.Admin.ExplainRecordAsync(new() { RequestId = cut.Id })).Message, Does.EndWith(" The call then failed: provider_error, sim-eu answered 500."));
        var disabled = await plane.Admin.ExplainRecordAsync(new() { RequestId = batch.Records[1].Id });
        Assert.That((disabled.Verdict, disabled.Rule), Is.EqualTo(("deny", "model.enabled")));
        var revoked = await plane.Admin.ExplainRecordAsync(new() { RequestId = batch.Records[2].Id });
        Assert.That((revoked.Verdict, revoked.Code), Is.EqualTo(("deny", "key_revoked")));
        var suspended = await plane.Admin.ExplainRecordAsync(new() { RequestId = batch.Records[3].Id });
        Assert.That((suspended.Verdict, suspended.Rule, suspended.Origin), Is.EqualTo(("deny", "tenant.active", "acme/retail")));
        var (status, _) = await Refusal.OfAsync(plane.Admin.ExplainRecordAsync(new() { RequestId = "nothing" }));
        Assert.That(status, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task A_tenant_is_described_with_the_origin_of_each_rule()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        await plane.KeyAsync("acme/health");
        await plane.Admin.SetTenantSuspendedAsync(new() { Path = "acme", Suspended = true });
        var described = await plane.Admin.DescribeTenantAsync(new() { Path = "acme/health" });
        Assert.That(described.Rules.Select(rule => (rule.Rule, rule.Origin, string.Join(',', rule.Values))), Is.EqualTo(new[]
        {
            ("models.allow", "acme", "*"), ("residency.allow", "acme", "eu,us"),
            ("models.allow", "acme/health", "chat-default,gpt-*"), ("residency.allow", "acme/health", "eu"),
        }));
        Assert.That(described.Names.Select(name => (name.Name, name.Kind)), Is.EqualTo(new[] { ("chat-default", "route"), ("gpt-5-mini", "model") }));
        Assert.That((described.Suspended, described.SuspendedBy, described.Keys, described.Version), Is.EqualTo((true, "acme", 1u, 1UL)));
    }

    [TestCase(FeatureGaps.Drop, FeatureGaps.Unspecified, "drop", "acme")]
    [TestCase(FeatureGaps.Unspecified, FeatureGaps.Drop, "drop", "acme/health")]
    [TestCase(FeatureGaps.Drop, FeatureGaps.Refuse, "refuse", "acme/health")]
    [TestCase(FeatureGaps.Refuse, FeatureGaps.Drop, "refuse", "acme")]
    public async Task A_tenant_is_described_with_what_becomes_of_what_a_translation_can_t_carry(FeatureGaps above, FeatureGaps below, string effective, string origin)
    {
        await using var plane = await TestPlane.StartAsync();
        var resources = Sample.All;
        resources.Single(resource => resource.Metadata.Path == "acme").Tenant.FeatureGaps = above;
        resources.Single(resource => resource.Metadata.Path == "acme/health").Tenant.FeatureGaps = below;
        await plane.PublishAsync(resources);

        var described = await plane.Admin.DescribeTenantAsync(new() { Path = "acme/health" });

        Assert.That(described.Effective.Where(rule => rule.Rule == "featureGaps").Select(rule => (rule.Values.Single(), rule.Origin)), Is.EqualTo(new[] { (effective, origin) }));
        Assert.That(described.Rules.Count(rule => rule.Rule == "featureGaps"), Is.EqualTo(new[] { above, below }.Count(declared => declared != FeatureGaps.Unspecified)));
    }
}
