using System.Collections.Immutable;
using System.Text;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.OpenAiCompatible;
using Asc.Policy.Compilation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>What stands in headers, in metadata and in a provider's errors.</summary>
[TestFixture]
internal sealed class SmallFuzzTests
{
    private static readonly CompiledTags Tags = PolicyCompiler.Compile(
        new([], [new("m", [])], [], [new("acme", ["*"], Id: "t") { Tags = new(["bu"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("env", ["prod", "test"]), ImmutableSortedDictionary<string, string>.Empty.Add("env", "prod")) }]), 1).FindTenant("acme")!.Tags;

    [Test]
    public Task Any_error_of_a_provider() => FuzzRun.OfAsync(1500, static random => FuzzInputs.Json([Corpus.ChatAnswers[^1], Corpus.MessageAnswers[^1]], random), static (body, _) =>
    {
        foreach (var complaint in new[] { ErrorMessage.Nested(body), CompatibleErrors.Complaint(body), MistralErrors.Complaint(body) })
        {
            var error = ProviderErrors.Of("p", 400, complaint, isOwnProtocol: true, null);
            Array.ForEach([ClientDialects.OpenAi, ClientDialects.Anthropic], dialect => WellFormed.Json(dialect.ErrorBody(error, "r")));
        }
    });

    [Test]
    public Task Any_metadata() => FuzzRun.OfAsync(1500, static random => FuzzInputs.Json(Corpus.Chat, random), static (body, _) =>
    {
        if (ApiEndpoint.ChatCompletions.Read(body, out var request) is null && !request.Metadata.IsEmpty)
        {
            var tags = new List<KeyValuePair<string, string>>();
            var problem = MetadataTags.Read(request.Metadata.Of(body), Tags, tags);
            Assert.That(problem is null || tags.Count <= Tags.Rules.Count, Is.True);
        }
    });

    [Test]
    public Task Any_header_of_a_client() => FuzzRun.OfAsync(1000, static random => Encoding.UTF8.GetBytes(FuzzInputs.Header(random)), static (text, random) =>
    {
        var value = Encoding.UTF8.GetString(text);
        var http = new DefaultHttpContext();
        foreach (var name in new[] { "anthropic-version", "anthropic-beta", "traceparent", "accept" })
        {
            http.Request.Headers[name] = random.Next(4) == 0 ? new StringValues([value, FuzzInputs.Header(random)]) : new(value);
        }

        _ = TagHeader.Read(value, Tags, []);
        _ = TraceContext.TraceIdOf(value);
        _ = AnthropicHeaders.Problem(http.Request.Headers);
        var upstream = new UpstreamHeaders();
        new ClientHeaderFilter().Forward(http.Request.Headers, traceContext: true, upstream);
        _ = RequestHead.Problem(http.Request);
    });

    [Test]
    public Task Any_head_of_a_provider() => FuzzRun.OfAsync(
        1000,
        static random => ByteMutation.Of(
            Encoding.Latin1.GetBytes($"HTTP/1.1 429 Busy\r\nretry-after: {FuzzInputs.Header(random)}\r\nretry-after-ms: 1.5\r\nx-ms-region: {FuzzInputs.Header(random)}\r\ncontent-length: 12\r\nconnection: close\r\n\r\n"), random, "transfer-encoding: chunked\r\n\r\n"u8.ToArray()),
        static (bytes, random) =>
        {
            var blank = default(BlankLineScanner);
            if (blank.Find(bytes) is > 0 and var end)
            {
                try
                {
                    var head = new UpstreamHead();
                    head.Read(bytes, 0, end);
                    Assert.That(RetryAfter.Of(head, DateTimeOffset.UnixEpoch) ?? TimeSpan.Zero, Is.GreaterThanOrEqualTo(TimeSpan.Zero));
                    _ = ReportedRegion.Of(head);
                }
                catch (UpstreamException)
                {
                }
            }
        });
}
