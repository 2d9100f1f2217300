using System.Net;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests;

/// <summary>Rules that are tried on live traffic before they bite: what they would deny is recorded, and served.</summary>
[TestFixture]
internal sealed class ObserveTests : GatewayFixture
{
    [Test]
    public async Task What_an_observed_allow_list_would_deny_is_served_and_recorded()
    {
        await EnforceAsync(child => (child.Models, child.Observe) = (new() { Allow = new() { Values = { "gpt-5" } } }, Observing(ObservedRules.Models)));

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        await AssertObservedAsync("models.allow", "model_not_allowed");
    }

    [Test]
    public async Task What_observed_tag_rules_would_deny_is_served_and_recorded()
    {
        await EnforceAsync(child => (child.Tags, child.Observe) = (new() { Require = { "bu" } }, Observing(ObservedRules.Tags)));

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        await AssertObservedAsync("tags.require", "tag_required");
    }

    [Test]
    public async Task What_observed_workloads_would_deny_is_served_and_recorded()
    {
        await EnforceAsync(child => (child.Workloads, child.Observe) = (new() { Allow = new() { Values = { "batch" } } }, Observing(ObservedRules.Workloads)));

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        await AssertObservedAsync("workloads.allow", "workload_not_allowed");
    }

    [Test]
    public async Task An_observed_limit_refuses_nobody_and_is_not_told_to_clients()
    {
        await EnforceAsync(child => (child.Limits, child.Observe) = (new() { RequestsPerMinute = 1 }, Observing(ObservedRules.Limits)));

        for (var i = 0; i < 3; i++)
        {
            using var response = await PostAsync(Chat);
            Assert.That((response.StatusCode, response.Headers.Contains("x-ratelimit-limit-requests")), Is.EqualTo((HttpStatusCode.OK, false)));
        }

        IReadOnlyList<ExecutionRecord> records = [];
        while (records.Count < 3)
        {
            records = await node.Get<IRecordSpool>().RecordsAsync(0);
        }

        Assert.That(records.Skip(1).Select(record => (record.Outcome, record.Observed.Single().Rule)), Is.All.EqualTo((Outcome.Ok, "limits.requestsPerMinute")));
    }

    [Test]
    public async Task Who_is_refused_is_told_of_the_limit_that_refuses_though_an_observed_one_has_room_later()
    {
        await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        await EnforceAsync(
            child => (child.Limits, child.Observe) = (new() { RequestsPerMinute = 1 }, Observing(ObservedRules.Limits)), parent => parent.Limits = new() { RequestsPerMinute = 6 });

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        await AssertErrorAsync(Request(Chat), 429, "rate_limited", "limits.requestsPerMinute of acme is 6, and acme has used what there is of it. Try again in 10 s.");
    }

    [Test]
    public async Task A_longer_answer_than_observed_limits_permit_is_given_and_recorded()
    {
        await EnforceAsync(child => (child.Limits, child.Observe) = (new() { MaxOutputTokens = 1 }, Observing(ObservedRules.Limits)));

        using (var response = await PostAsync(Chat.Replace("\"messages\"", "\"max_completion_tokens\":50,\"messages\"", StringComparison.Ordinal)))
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await AssertObservedAsync("limits.maxOutputTokens", "invalid_request");
    }

    [Test]
    public async Task An_ancestor_s_rules_bite_whatever_a_child_observes()
    {
        await EnforceAsync(
            child => (child.Models, child.Tags, child.Observe) = (new() { Allow = new() { Values = { "gpt-5-mini" } } }, new() { Require = { "bu" } }, Observing(ObservedRules.Models, ObservedRules.Tags, ObservedRules.Limits)),
            parent => (parent.Tags, parent.Limits) = (new() { Require = { "cost" } }, new() { MaxOutputTokens = 1 }));

        await AssertErrorAsync(Request(Chat), 400, "tag_required", "cost");
        Assert.That((await RecordAsync()).Observed, Is.Empty, "it was denied: nothing was only observed");
    }

    [Test]
    public async Task Residency_is_never_observed_only()
    {
        await EnforceAsync(child => (child.Residency, child.Observe) = (new() { Allow = new() }, Observing(ObservedRules.Models, ObservedRules.Tags, ObservedRules.Workloads, ObservedRules.Limits)));

        await AssertErrorAsync(Request(Chat), 403, "residency_violation");
    }

    [Test]
    public async Task A_request_that_nothing_observed_would_deny_leaves_no_word_of_it()
    {
        await EnforceAsync(child => (child.Models, child.Observe) = (new() { Allow = new() { Values = { "gpt-5-mini" } } }, Observing(ObservedRules.Models)));

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RecordAsync()).Observed, Is.Empty);
    }

    [Test]
    public async Task A_request_that_breaks_several_kinds_of_observed_rules_leaves_word_of_each()
    {
        await EnforceAsync(child =>
        {
            (child.Models, child.Tags, child.Workloads) = (new() { Deny = { "gpt-5-mini" } }, new() { Require = { "bu" } }, new() { Allow = new() { Values = { "batch" } } });
            child.Observe = Observing(ObservedRules.Models, ObservedRules.Tags, ObservedRules.Workloads);
        });

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RecordAsync()).Observed.Select(denial => denial.Rule), Is.EqualTo(new[] { "tags.require", "workloads.allow", "models.deny" }));
    }

    private static ObservedRules[] Observing(params ObservedRules[] rules) => rules;

    private async Task<HttpStatusCode> StatusAsync()
    {
        using var response = await PostAsync(Chat);
        return response.StatusCode;
    }

    private async Task AssertObservedAsync(string rule, string code)
    {
        var record = await RecordAsync();
        Assert.That((record.Outcome, record.Rule), Is.EqualTo((Outcome.Ok, "")));
        Assert.That(record.Observed.Select(denial => (denial.Rule, denial.Code, denial.Origin)), Is.EqualTo(new[] { (rule, code, "acme/health") }));
    }

    private async Task EnforceAsync(Action<ChildSpec> change, Action<TenantSpec>? changeParent = null)
    {
        var parent = TestPublisher.Tenant("acme", ["gpt-5-mini", "gpt-5"], "eu");
        changeParent?.Invoke(parent.Tenant);
        var spec = new ChildSpec();
        change(spec);
        var child = new Resource { Metadata = new() { Path = "acme/health" }, Tenant = new() { Models = spec.Models, Tags = spec.Tags, Workloads = spec.Workloads, Residency = spec.Residency, Limits = spec.Limits, Observe = { spec.Observe } } };
        Resource[] resources =
        [
            TestPublisher.Provider("p-eu", "eu", simulator.OpenAiBaseUrl("eu").ToString()), TestPublisher.Model("gpt-5-mini", "p-eu"), TestPublisher.Model("gpt-5", "p-eu"), parent, child,
        ];
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(secret, "acme/health")), publisher);
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);
    }

    private sealed class ChildSpec
    {
        public ModelRules? Models { get; set; }

        public TagRules? Tags { get; set; }

        public WorkloadRules? Workloads { get; set; }

        public ResidencyRules? Residency { get; set; }

        public TenantLimits? Limits { get; set; }

        public ObservedRules[] Observe { get; set; } = [];
    }
}
