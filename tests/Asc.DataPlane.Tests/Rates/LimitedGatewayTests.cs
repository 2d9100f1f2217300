using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Rates;
using Asc.DataPlane.Reporting;
using Asc.Policy.Compilation;
using Asc.Simulator.Faults;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.DataPlane.Tests.Rates;

/// <summary>Limits on the wire.</summary>
internal sealed class LimitedGatewayTests : GatewayFixture
{
    private const string FourAtMost = "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}],\"max_tokens\":4}";

    [Test]
    public async Task A_burst_passes_and_then_the_answer_says_which_limit_and_when_to_come_again()
    {
        await LimitAsync(tenant => tenant.RequestsPerMinute = 60);
        using var first = await PostAsync(Chat);
        Assert.Multiple(() =>
        {
            Assert.That(Header(first, "x-ratelimit-limit-requests"), Is.EqualTo("60"));
            Assert.That(Header(first, "x-ratelimit-remaining-requests"), Is.EqualTo("9"));
            Assert.That(Header(first, "x-ratelimit-reset-requests"), Does.Match("^([0-9]+ms|1s)$"));
        });

        using var refused = await UntilRefusedAsync();

        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]!;
        Assert.Multiple(() =>
        {
            Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo("rate_limited"));
            Assert.That(error["type"]!.GetValue<string>(), Is.EqualTo("rate_limit_error"));
            Assert.That(error["message"]!.GetValue<string>(), Is.EqualTo("limits.requestsPerMinute of acme is 60, and acme has used what there is of it. Try again in 1 s."));
            Assert.That(Header(refused, "retry-after"), Is.EqualTo("1"));
            Assert.That(int.Parse(Header(refused, "retry-after-ms"), System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 1000));
            Assert.That(Header(refused, "x-ratelimit-remaining-requests"), Is.EqualTo("0"));
            Assert.That(refused.Headers.Contains("x-should-retry"), Is.False, "a retry helps");
        });
        var records = await RecordsAsync(outcome: Outcome.Denied);
        Assert.That((records[0].Rule, records[0].Inputs.RefusedLimit.Value, records[0].Inputs.RefusedLimit.Counted, records[0].Inputs.RefusedLimit.Scope, records[0].Attempts), Is.EqualTo(("limits.requestsPerMinute", 60UL, "acme", "Tenant", 0u)));
    }

    [Test]
    public async Task A_request_that_one_limit_refuses_takes_nothing_of_the_others()
    {
        await LimitAsync(tenant => (tenant.RequestsPerMinute, tenant.PerKey) = (600, new() { RequestsPerMinute = 6 }));
        using var first = await PostAsync(Chat);
        for (var i = 0; i < 20; i++)
        {
            using var refused = await PostAsync(Chat);
            Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        }

        var counter = node.Get<CounterBook>().Find(new(LimitScope.Tenant, LimitKind.Requests, TestPublisher.TenantId("acme")))!;
        Assert.That(counter.Remaining(Ticks.Now(TimeProvider.System)), Is.GreaterThanOrEqualTo(99), "of the tenant's hundred one is used");
    }

    [Test]
    public async Task A_request_that_a_later_limit_refuses_gives_back_what_it_took_of_the_ones_before()
    {
        await LimitAsync(tenant => (tenant.RequestsPerMinute, tenant.PerKey) = (6, new() { ConcurrentRequests = 2, RequestsPerMinute = 600 }));
        using var first = await PostAsync(Chat);
        for (var i = 0; i < 10; i++)
        {
            await AssertErrorAsync(Request(Chat), 429, "rate_limited", "limits.requestsPerMinute of acme is 6");
        }

        var counter = node.Get<CounterBook>().Find(new(LimitScope.TenantKey, LimitKind.Requests, $"{TestPublisher.TenantId("acme")} {secret.Id}"))!;
        Assert.That(counter.Remaining(Ticks.Now(TimeProvider.System)), Is.GreaterThanOrEqualTo(99), "of the key's hundred one is used");
    }

    [Test]
    public async Task Each_of_the_answers_that_are_asked_for_is_held_at_its_longest()
    {
        await LimitAsync(tenant => tenant.TokensPerMinute = 6000);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(30) });
        using var leaving = new CancellationTokenSource();
        var started = Ticks.Now(TimeProvider.System);
        var pending = client.SendAsync(Request(Chat[..^1] + ",\"max_completion_tokens\":200,\"n\":4}"), leaving.Token);
        await simulator.Requests.WaitForAsync(static request => !request.Ended, CancellationToken.None);

        var counter = node.Get<CounterBook>().Find(new(LimitScope.Tenant, LimitKind.Tokens, TestPublisher.TenantId("acme")))!;
        var now = Ticks.Now(TimeProvider.System);
        Assert.That(counter.Remaining(now), Is.LessThan(300 + (100 * (now - started) / TimeSpan.TicksPerSecond)), "of a thousand; a hundred come back each second");
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => pending, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task What_is_under_way_holds_its_slot_until_it_ends()
    {
        await LimitAsync(tenant => tenant.ConcurrentRequests = 1);
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(30), Count = 1 });
        using var leaving = new CancellationTokenSource();
        var pending = client.SendAsync(Request(Chat), leaving.Token);
        await simulator.Requests.WaitForAsync(static request => !request.Ended, CancellationToken.None);

        await AssertErrorAsync(Request(Chat), 429, "concurrency_limited", "limits.concurrentRequests of acme is 1");

        await leaving.CancelAsync();
        await Assert.ThatAsync(() => pending, Throws.InstanceOf<OperationCanceledException>());
        simulator.SetFaults();
        await AssertServedAgainAsync();
    }

    [Test]
    public async Task Whatever_becomes_of_a_request_its_slot_comes_back()
    {
        await LimitAsync(tenant => tenant.ConcurrentRequests = 1);
        foreach (var fault in new[] { FaultKind.Cut, FaultKind.Malformed, FaultKind.Status })
        {
            simulator.SetFaults(new Fault { Kind = fault, Status = 500, Count = 1 });
            using var failed = await PostAsync(Streamed);
            try
            {
                await failed.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException)
            {
                // Half an answer.
            }

            await AssertServedAgainAsync();
        }
    }

    [Test]
    public async Task Tokens_are_settled_to_what_the_provider_reports()
    {
        await LimitAsync(tenant => tenant.TokensPerMinute = 60_000);
        using var response = await PostAsync(Chat);
        await response.Content.ReadAsStringAsync();
        var usage = (await SeenAsync()).Usage!;

        var counter = node.Get<CounterBook>().Find(new(LimitScope.Tenant, LimitKind.Tokens, TestPublisher.TenantId("acme")))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (counter.Remaining(Ticks.Now(TimeProvider.System)) < 10_000 - usage.InputTokens - usage.OutputTokens)
        {
            await Task.Delay(5, patience.Token);
        }

        Assert.That(Header(response, "x-ratelimit-limit-tokens"), Is.EqualTo("60000"));
    }

    [Test]
    public async Task Who_asks_for_more_output_than_permitted_is_told_whose_limit_it_is()
    {
        await LimitAsync(tenant => tenant.MaxOutputTokens = 3);

        using var response = await PostAsync(FourAtMost);

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>(), error["param"]!.GetValue<string>()), Is.EqualTo((400, "invalid_request", "max_tokens")));
        Assert.That(error["message"]!.GetValue<string>(), Is.EqualTo("4 output tokens are more than limits.maxOutputTokens of acme permits: ask for at most 3."));
    }

    [TestCase("", ",\"max_completion_tokens\":64}")]
    [TestCase(",\"max_completion_tokens\":null", ",\"max_completion_tokens\":64}")]
    [TestCase(",\"max_completion_tokens\":5", ",\"max_completion_tokens\":5}")]
    public async Task Who_asks_for_none_in_particular_is_bounded_at_the_provider(string asked, string forwarded)
    {
        await LimitAsync(tenant => tenant.MaxOutputTokens = 64);

        using var response = await PostAsync(Chat[..^1] + asked + "}");

        Assert.That(response.IsSuccessStatusCode, Is.True);
        Assert.That(Encoding.UTF8.GetString((await SeenAsync()).Body.Span), Does.EndWith(forwarded));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("\"5\"")]
    public async Task What_is_no_number_of_tokens_is_told_to_be_none(string value)
    {
        await LimitAsync(tenant => tenant.MaxOutputTokens = 64);

        foreach (var field in new[] { "max_tokens", "max_completion_tokens", "n" })
        {
            await AssertErrorAsync(Request($"{Chat[..^1]},\"{field}\":{value}}}"), 400, "invalid_request", $"\"{field}\" must be a whole number from 1 to");
        }
    }

    [Test]
    public async Task A_model_that_can_write_less_than_the_tenant_may_have_is_asked_for_what_it_can()
    {
        await LimitAsync(tenant => tenant.MaxOutputTokens = 64, model: model => model.MaxOutputTokens = 48);

        using var response = await PostAsync(Chat);

        Assert.That(response.IsSuccessStatusCode, Is.True);
        Assert.That(Encoding.UTF8.GetString((await SeenAsync()).Body.Span), Does.EndWith(",\"max_completion_tokens\":48}"));
    }

    [Test]
    public async Task A_keys_own_limit_and_that_of_some_models_bind_too()
    {
        await LimitAsync(tenant => tenant.Models.Add(new ModelLimits { Models = { "gpt-5-*" }, RequestsPerMinute = 6 }));
        using var first = await PostAsync(Chat);
        await AssertErrorAsync(Request(Chat), 429, "rate_limited", "limits.models[gpt-5-*].requestsPerMinute of acme is 6");

        await LimitAsync(_ => { }, version: 3);
        var grant = publisher.Hold(new KeyGrant { RequestsPerMinute = 6 }.ToByteString());
        var limited = BearerSecret.Issue(SecretKind.ApiKey);
        await node.ApplyAsync(publisher.Access(TestPublisher.KeyOf(limited, "acme", key => key.GrantSha256 = grant)), publisher);
        using var second = await client.SendAsync(Request(Chat, limited));
        Assert.That(second.IsSuccessStatusCode, Is.True);
        await AssertErrorAsync(Request(Chat, limited), 429, "rate_limited", $"limits.requestsPerMinute of {limited.Id} is 6");
    }

    [Test]
    public async Task A_new_version_goes_on_counting_where_the_old_one_was()
    {
        await LimitAsync(tenant => tenant.RequestsPerMinute = 60);
        using var refused = await UntilRefusedAsync();

        await LimitAsync(tenant => tenant.RequestsPerMinute = 60, version: 3);

        await AssertErrorAsync(Request(Chat), 429, "rate_limited");
    }

    [Test]
    public async Task A_workload_s_limit_counts_each_tenant_s_requests_of_that_class_and_no_others()
    {
        await LimitAsync(_ => { }, more: new Resource { Metadata = new() { Name = "batch" }, Workload = new() { Limits = new() { RequestsPerMinute = 6 } } });

        Assert.That((int)await StatusOfAsync("batch"), Is.EqualTo(200));
        using (var request = Of("batch"))
        {
            await AssertErrorAsync(request, 429, "rate_limited", "limits.requestsPerMinute of the Workload batch is 6");
        }

        Assert.That((int)await StatusOfAsync("interactive"), Is.EqualTo(200));
    }

    [Test]
    public async Task A_class_of_low_priority_leaves_the_last_fifth_to_others()
    {
        await LimitAsync(tenant => tenant.ConcurrentRequests = 5, more: new Resource { Metadata = new() { Name = "batch" }, Workload = new() { Priority = Priority.Low } });
        simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(30) });
        using var leaving = new CancellationTokenSource();
        var pending = Enumerable.Range(0, 4).Select(_ => client.SendAsync(Of("batch"), leaving.Token)).ToList();
        await UntilAskedAsync(4);

        using (var request = Of("batch"))
        {
            await AssertErrorAsync(request, 429, "concurrency_limited");
        }

        // The fault stays: the simulator notes a request before it looks for one.
        pending.Add(client.SendAsync(Of("interactive"), leaving.Token));
        await UntilAskedAsync(5);
        await leaving.CancelAsync();
        Assert.That(async () => await Task.WhenAll(pending), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_picture_counts_as_a_picture_and_not_as_the_bytes_that_it_is_written_with()
    {
        await LimitAsync(tenant => tenant.TokensPerMinute = 120_000);
        var body = $$$"""{"model":"gpt-5-mini","max_tokens":10,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{new string('A', 500_000)}}}"}}]}]}""";
        for (var i = 0; i < 3; i++)
        {
            using var response = await client.SendAsync(Request(body));
            Assert.That((int)response.StatusCode, Is.Not.EqualTo(429), "of 20,000 at once");
        }
    }

    [TestCase("batch", "7")]
    [TestCase("interactive", "9")]
    public async Task What_a_class_leaves_to_others_is_not_told_as_remaining(string workload, string remaining)
    {
        await LimitAsync(tenant => tenant.RequestsPerMinute = 60, more: new Resource { Metadata = new() { Name = "batch" }, Workload = new() { Priority = Priority.Low } });
        using var request = Of(workload);

        using var response = await client.SendAsync(request);

        Assert.That(response.Headers.GetValues("x-ratelimit-remaining-requests"), Is.EqualTo(new[] { remaining }));
    }

    private HttpRequestMessage Of(string workload)
    {
        var request = Request(Chat);
        request.Headers.Add("x-asc-workload", workload);
        return request;
    }

    private async Task UntilAskedAsync(int requests)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await simulator.Requests.WaitForAsync(request => request.Number >= requests, patience.Token);
    }

    private async Task<HttpStatusCode> StatusOfAsync(string workload)
    {
        using var response = await client.SendAsync(Of(workload));
        return response.StatusCode;
    }

    private async Task LimitAsync(Action<TenantLimits> limit, ulong version = 2, Resource? more = null, Action<ModelSpec>? model = null)
    {
        if (version == 2)
        {
            await RestartNodeAsync(services => services.AddSingleton<IShareSource, WholeShares>());
        }

        Resource[] resources = more is null ? [.. Resources()] : [.. Resources(), more];
        var tenant = resources.Single(resource => resource.Tenant is not null).Tenant;
        model?.Invoke(resources.Single(resource => resource.Metadata.Name == "gpt-5-mini").Model);
        tenant.Limits = new();
        limit(tenant.Limits);
        await node.Snapshots.InstallAsync(publisher.Publish(version, "eu", resources), publisher, default);
    }

    private async Task<HttpResponseMessage> UntilRefusedAsync()
    {
        for (var i = 0; i < 30; i++)
        {
            var response = await PostAsync(Chat);
            if (!response.IsSuccessStatusCode)
            {
                return response;
            }

            response.Dispose();
        }

        throw new AssertionException("nothing was refused");
    }

    // The client has its answer a little before the node has left its stages.
    private async Task AssertServedAgainAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (true)
        {
            using var response = await PostAsync(Chat);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            Assert.That((int)response.StatusCode, Is.EqualTo(429));
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<IReadOnlyList<ExecutionRecord>> RecordsAsync(Outcome outcome)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (true)
        {
            var records = (await node.Get<IRecordSpool>().RecordsAsync(0)).Where(record => record.Outcome == outcome).ToArray();
            if (records.Length > 0)
            {
                return records;
            }

            await Task.Delay(5, patience.Token);
        }
    }
}
