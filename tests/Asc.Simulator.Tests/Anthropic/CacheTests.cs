using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Claude;
using Microsoft.Extensions.Time.Testing;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What the prompt cache does to usage.</summary>
public sealed class CacheTests : AnthropicTest
{
    private const string Model = "cached";
    private static readonly string LongText = string.Concat(Enumerable.Repeat("Rules. ", 60));

    private readonly FakeTimeProvider _clock = new();

    protected override TimeProvider Clock => _clock;

    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero,
        ChunkDelay = TimeSpan.Zero,
        ClaudeModels = [new ClaudeModel { Name = Model, MinCachedTokens = 50 }, .. KnownClaudeModels.All],
    };

    [Test]
    public async Task What_the_first_request_writes_the_second_reads()
    {
        var first = await UsageAsync(Cached());
        var second = await UsageAsync(Cached());
        var written = first.Written;

        Assert.Multiple(() =>
        {
            Assert.That(written, Is.GreaterThan(100));
            Assert.That(first, Is.EqualTo(new Usage(first.Uncached, 0, written, written, 0)));
            Assert.That(second, Is.EqualTo(new Usage(first.Uncached, written, 0, 0, 0)));
        });
    }

    [Test]
    public async Task All_tokens_of_the_prompt_are_billed_once()
    {
        var request = Cached();
        var plain = (JsonObject)request.DeepClone();
        plain["system"]![0]!.AsObject().Remove("cache_control");
        var whole = (await UsageAsync(plain)).Uncached;

        var written = await UsageAsync(request);
        var read = await UsageAsync(request);

        Assert.That((written.Uncached + written.Written, read.Uncached + read.Read), Is.EqualTo((whole, whole)));
        Assert.That((await EndedAsync(3)).Usage!.InputTokens, Is.EqualTo(whole));
    }

    [Test]
    public async Task A_stream_tells_the_same_at_its_start_and_at_its_end()
    {
        await SaidAsync(Cached());

        var events = await StreamedAsync(Cached());
        var (start, end) = (events[0].Json.GetProperty("message").GetProperty("usage"), events[^2].Json.GetProperty("usage"));

        Assert.That(Count(start, "cache_read_input_tokens"), Is.GreaterThan(100).And.EqualTo(Count(end, "cache_read_input_tokens")));
    }

    [Test]
    public async Task A_conversation_that_grows_reads_what_it_wrote_and_writes_the_rest()
    {
        var request = Cached();
        request["cache_control"] = Ephemeral();
        var answer = await SaidAsync(request);
        var first = Usage.Of(answer);
        Continue(request, answer, $"And now: {LongText}");

        var second = await UsageAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(second.Read, Is.EqualTo(first.Written));
            Assert.That(second.Written, Is.GreaterThan(100));
        });
    }

    [Test]
    public async Task Long_lives_are_told_apart_from_short_ones()
    {
        var request = Cached("1h");
        request["messages"]![0]!["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = LongText, ["cache_control"] = Ephemeral() });

        var usage = await UsageAsync(request);

        Assert.Multiple(() =>
        {
            Assert.That(usage.Long, Is.GreaterThan(100));
            Assert.That(usage.Short, Is.GreaterThan(100));
            Assert.That(usage.Written, Is.EqualTo(usage.Long + usage.Short));
        });
    }

    [TestCase(null, 4, true)]
    [TestCase(null, 6, false)]
    [TestCase("1h", 6, true)]
    [TestCase("1h", 61, false)]
    public async Task What_is_cached_is_forgotten_after_its_life(string? ttl, int minutes, bool isRead)
    {
        await SaidAsync(Cached(ttl));
        _clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That((await UsageAsync(Cached(ttl))).Read > 0, Is.EqualTo(isRead));
    }

    [Test]
    public async Task Reading_renews_the_life()
    {
        await SaidAsync(Cached());
        _clock.Advance(TimeSpan.FromMinutes(4));
        await SaidAsync(Cached());
        _clock.Advance(TimeSpan.FromMinutes(4));

        Assert.That((await UsageAsync(Cached())).Read, Is.GreaterThan(0));
    }

    [Test]
    public async Task Neither_another_key_nor_another_model_nor_other_words_read_it()
    {
        await SaidAsync(Cached());
        var other = Cached();
        other["system"]![0]!["text"] = $"{LongText}!";
        var model = Cached();
        model["model"] = "claude-haiku-5-5";

        Assert.That(Usage.Of(await SaidAsync(Cached(), key: "sk-other")).Read, Is.Zero);
        Assert.That((await UsageAsync(other)).Read, Is.Zero);
        Assert.That((await UsageAsync(model)).Read, Is.Zero);
    }

    [Test]
    public async Task Too_short_a_prefix_is_not_cached()
    {
        var request = Cached();
        request["system"]![0]!["text"] = "Short.";
        await SaidAsync(request);

        var usage = await UsageAsync(request);

        Assert.That((usage.Read, usage.Written), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_request_for_no_tokens_warms_the_cache()
    {
        var warm = Cached();
        warm["max_tokens"] = 0;
        await SaidAsync(warm);

        Assert.That((await UsageAsync(Cached())).Read, Is.GreaterThan(0));
    }

    private static JsonObject Cached(string? ttl = null)
    {
        var request = Ask(model: Model);
        request["system"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = LongText, ["cache_control"] = Ephemeral(ttl) });
        return request;
    }

    private static JsonObject Ephemeral(string? ttl = null)
    {
        var control = new JsonObject { ["type"] = "ephemeral" };
        if (ttl is not null)
        {
            control["ttl"] = ttl;
        }

        return control;
    }

    private async Task<Usage> UsageAsync(JsonObject request) => Usage.Of(await SaidAsync(request));

    private sealed record Usage(int Uncached, int Read, int Written, int Short, int Long)
    {
        public static Usage Of(JsonElement answer)
        {
            var usage = answer.GetProperty("usage");
            return new Usage(
                Count(usage, "input_tokens"),
                Count(usage, "cache_read_input_tokens"),
                Count(usage, "cache_creation_input_tokens"),
                Count(usage.GetProperty("cache_creation"), "ephemeral_5m_input_tokens"),
                Count(usage.GetProperty("cache_creation"), "ephemeral_1h_input_tokens"));
        }
    }
}
