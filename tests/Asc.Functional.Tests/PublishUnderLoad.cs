using System.Collections.Concurrent;
using System.Text;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;
using Grpc.Core;

namespace Asc.Functional.Tests;

/// <summary>Versions change while requests run: none fails, and each is judged by one version, whole, which its record names too.</summary>
public sealed class PublishUnderLoad
{
    private const int Publishes = 50;
    private const int Requests = 10_000;
    private const int Clients = 16;

    [Test]
    public async Task Ten_thousand_requests_during_fifty_publishes_are_each_judged_by_one_version()
    {
        await using var bed = await AscTestBed.StartAsync(composition => composition with { Simulator = options => options with { FirstTokenDelay = TimeSpan.Zero, RecordedRequests = 0 } });
        // Odd versions let retail use gpt-5, even ones don't: an answer must fit the version that its header names.
        var published = new ConcurrentDictionary<int, bool> { [1] = true };
        var answers = new ConcurrentBag<Answer>();
        var remaining = Requests;
        var publishing = PublishAsync(bed, published);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async i =>
        {
            using var client = new HttpClient { BaseAddress = bed.Stack.Nodes[i % 2].Url };
            while (Interlocked.Decrement(ref remaining) >= 0 || !publishing.IsCompleted)
            {
                answers.Add(await AskAsync(client, bed.RetailKey));
            }
        }));
        await publishing;
        // The records are on their way home; how fast a busy machine takes them in is not the point here.
        await AscTestBed.EventuallyAsync(
            async () => (await bed.Stack.ControlPlane.Admin.ListNodesAsync(new(), bed.Stack.ControlPlane.Call)).Nodes.All(node => node.SpoolDepth == 0), seconds: 120);

        Assert.That(answers, Has.Count.GreaterThanOrEqualTo(Requests));
        Assert.That(answers.Select(answer => answer.Version).Distinct().Count(), Is.GreaterThan(Publishes / 2), "versions really changed under the load");
        Assert.That(answers.Where(answer => answer.Status != (published[answer.Version] ? 200 : 403)), Is.Empty);
        var recorded = await RecordedAsync(bed);
        Assert.That(recorded, Has.Count.EqualTo(answers.Count), "records of these and no others");
        Assert.That(answers.Where(answer => !recorded[answer.RequestId].SequenceEqual([(answer.Version, answer.Status)])), Is.Empty, "one, of what the client was told");
    }

    private static async Task<ILookup<string, (int Version, int Status)>> RecordedAsync(AscTestBed bed)
    {
        var controlPlane = bed.Stack.ControlPlane;
        using var events = controlPlane.Admin.StreamEvents(new() { Type = "request", Limit = 1_000_000 }, controlPlane.Call);
        var requests = await events.ResponseStream.ReadAllAsync().Select(item => item.Request).ToListAsync();
        return requests.ToLookup(request => request.RequestId, request => ((int)request.PolicyVersion, (int)request.Status));
    }

    private static async Task<Answer> AskAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_completion_tokens\":1}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        using var response = await client.SendAsync(request);
        return new(
            response.Headers.GetValues("x-asc-request-id").Single(),
            int.Parse(response.Headers.GetValues("x-asc-policy-version").Single(), System.Globalization.CultureInfo.InvariantCulture),
            (int)response.StatusCode);
    }

    private static async Task PublishAsync(AscTestBed bed, ConcurrentDictionary<int, bool> published)
    {
        var controlPlane = bed.Stack.ControlPlane;
        for (var version = 2; version <= Publishes + 1; version++)
        {
            var allows = version % 2 == 1;
            published[version] = allows;
            var tenant = new Resource { Metadata = new() { Path = "acme/retail" }, Tenant = new() { Models = new() { Allow = new() { Values = { "gpt-5-mini" } } }, Residency = new() { Allow = new() { Values = { "eu", "us" } } } } };
            if (allows)
            {
                tenant.Tenant.Models.Allow.Values.Add("gpt-5");
            }

            await controlPlane.Admin.ApplyAsync(new ApplyRequest { Resources = { tenant } }, controlPlane.Call);
            var response = await controlPlane.Admin.PublishAsync(new() { Message = $"version {version}" }, controlPlane.Call);
            Assert.That(response.Version, Is.EqualTo((ulong)version));
        }

        await AscTestBed.EventuallyAsync(async () => (await controlPlane.Admin.ListNodesAsync(new(), controlPlane.Call)).Nodes.All(node => node.Version == Publishes + 1));
    }

    private sealed record Answer(string RequestId, int Version, int Status);
}
