using System.Collections.Concurrent;
using System.Text;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;

namespace Asc.Functional.Tests;

/// <summary>Versions change while requests run: none fails, and each is judged by one version, whole.</summary>
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
        var answers = new ConcurrentBag<(int Version, int Status)>();
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
    }

    private static async Task<(int Version, int Status)> AskAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_completion_tokens\":1}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        using var response = await client.SendAsync(request);
        return (int.Parse(response.Headers.GetValues("x-asc-policy-version").Single(), System.Globalization.CultureInfo.InvariantCulture), (int)response.StatusCode);
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
}
