using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Tests.Translation;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>The same bodies through a whole node to a simulated provider: nobody but the client is ever at fault.</summary>
[TestFixture]
internal sealed class GatewayFuzzTests : TranslationFixture
{
    private const int Inputs = 2000;
    private const int AtOnce = 8;
    private const string Embeddings = "/v1/embeddings";
    private const string Embedder = "text-embedding-3-small";
    private static readonly string[] Models = ["claude", "gpt", "both"];

    protected override IEnumerable<Resource> More
    {
        get
        {
            var model = TestPublisher.Model(Embedder, "p-oai");
            model.Model.Deployments[0].UpstreamModel = Embedder;
            return [model];
        }
    }

    [Test]
    public async Task Any_request_of_a_client_is_answered_or_refused_as_the_clients_fault()
    {
        await EnforceAsync((_, tenant) =>
        {
            tenant.FeatureGaps = FeatureGaps.Drop;
            tenant.Models.Allow.Values.Remove(Embedder);
            tenant.Models.Allow.Values.Add(Embedder);
        });
        var (next, statuses) = ((FuzzRun.Only ?? 0) - 1, new int[600]);
        var end = FuzzRun.Only + 1 ?? (FuzzRun.IsLong ? 25 : 1) * Inputs;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < end;)
            {
                try
                {
                    Interlocked.Increment(ref statuses[await AskAsync(number)]);
                }
                catch (HttpRequestException exception)
                {
                    Assert.Fail($"ASC_FUZZ_INPUT={number}: {exception}");
                }
            }
        }));
        await TestContext.Out.WriteLineAsync(string.Join(", ", statuses.Select((count, status) => (count, status)).Where(pair => pair.count > 0).Select(pair => $"{pair.count} were {pair.status}")));
        Assert.That(statuses[200], Is.GreaterThan(FuzzRun.Only is null ? Inputs / 20 : -1), "most are refused, but not all");
    }

    private async Task<int> AskAsync(int number)
    {
        var random = FuzzRun.RandomOf(number);
        var (path, seeds) = random.Next(10) switch { < 5 => (ChatCompletions, Corpus.Chat), < 9 => (Messages, Corpus.Messages), _ => (Embeddings, Corpus.Embeddings) };
        var body = Named(random.Next(5) == 0 ? seeds[random.Next(seeds.Length)].ToBytes() : FuzzInputs.Json(seeds, random), path == Embeddings ? Embedder : Models[random.Next(Models.Length)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } } };
        if (random.Next(20) == 0)
        {
            request.Content = Compressed(body, random);
        }

        request.Headers.Add("x-api-key", secret.Reveal());
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        if (random.Next(10) == 0 && FuzzInputs.Header(random) is var header && !header.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            request.Headers.TryAddWithoutValidation(random.Next(2) == 0 ? "x-asc-tags" : "anthropic-beta", header);
        }

        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.That((int)response.StatusCode, Is.LessThan(500), () => $"{FuzzRun.Told(number, body)}\n{Encoding.UTF8.GetString(answer)}");
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            var json = JsonNode.Parse(WellFormed.Text(answer))!;
            Assert.That(response.IsSuccessStatusCode || json["error"]!["code"] is not null, Is.True, () => FuzzRun.Told(number, body));
        }
        else
        {
            (path == Messages ? (Action<string, bool>)WellFormed.MessageStream : WellFormed.ChatStream)(WellFormed.Text(answer), true);
        }

        return (int)response.StatusCode;
    }

    // Well, or broken.
    private static ByteArrayContent Compressed(byte[] body, Random random)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        var bytes = random.Next(3) == 0 ? ByteMutation.Of(compressed.ToArray(), random, body) : compressed.ToArray();
        return new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json"), ContentEncoding = { random.Next(5) == 0 ? "br" : "gzip" } } };
    }

    // Most bodies name their model as the corpus does.
    private static byte[] Named(byte[] body, string model)
    {
        var name = "\"model\":\"m\""u8;
        var at = body.AsSpan().IndexOf(name);
        return at < 0 ? body : [.. body.AsSpan(0, at), .. Encoding.UTF8.GetBytes($"\"model\":\"{model}\""), .. body.AsSpan(at + name.Length)];
    }
}
