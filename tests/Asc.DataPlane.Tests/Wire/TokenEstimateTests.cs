using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>What ASC counts where no provider does.</summary>
public sealed class TokenEstimateTests
{
    private const string English = "The quick brown fox jumps over the lazy dog, and nobody in the village has ever found out what became of it afterwards. ";
    private const string Chinese = "\u4f01\u4e1a\u5fc5\u987b\u80fd\u591f\u8bc1\u660e\u8c01\u5728\u4f55\u65f6\u4f7f\u7528\u4e86\u54ea\u4e2a\u6a21\u578b\u3002";

    [Test]
    public void A_text_is_as_many_tokens_as_OpenAIs_tokenizer_makes_of_it()
    {
        Assert.That(TextTokens.Count("hello world"), Is.EqualTo(2));
        Assert.That(TextTokens.Count(""), Is.Zero);
    }

    // facts: 6. Whole, some of these take a minute.
    [TestCase("a", 200_000)]
    [TestCase("\u4e2d", 200_000)]
    [TestCase("\ud83d\ude00", 100_000)]
    public void No_text_holds_a_core(string unit, int times)
    {
        var text = string.Concat(Enumerable.Repeat(unit, times));
        var started = Stopwatch.GetTimestamp();
        Assert.That(TextTokens.Count(text), Is.GreaterThan(times / 20));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)), "in one piece it would be a minute and more");
    }

    [TestCase(English, 1)]
    [TestCase(English, 50)]
    [TestCase(Chinese, 1)]
    [TestCase(Chinese, 500)]
    public void A_prompt_is_estimated_from_its_texts_whatever_its_length_and_alphabet(string sentence, int times)
    {
        var text = string.Concat(Enumerable.Repeat(sentence, times));
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = text } } });

        Assert.That(TextSample.TokensIn(body), Is.EqualTo(TextTokens.Count(text)).Within(15).Percent.Or.EqualTo(TextTokens.Count(text) + 1));
    }

    [Test]
    public void A_models_name_makes_no_prompt_longer() =>
        Assert.That(TextSample.TokensIn("{\"model\":\"an-alias-of-many-tokens-2026-12-01\",\"input\":\"hello world\",\"metadata\":{\"model\":\"two words\"}}"u8), Is.EqualTo(4));

    [Test]
    public void Data_in_base64_is_no_text()
    {
        var data = Convert.ToBase64String(new byte[30_000]);
        var body = $$$"""{"content":[{"type":"image","source":{"type":"base64","data":"{{{data}}}"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{data}}}"}},{"type":"file","file":{"file_data":"{{{data}}}"}}]}""";

        Assert.That(TextSample.TokensIn(Encoding.UTF8.GetBytes(body)), Is.LessThan(20));
    }

    [TestCase("{\"a\":\"cut off in the mid")]
    [TestCase("{\"a\":\"\\ud800\"}")]
    [TestCase("")]
    [TestCase("null")]
    public void What_cannot_be_read_is_estimated_as_far_as_it_can(string json) =>
        Assert.That(() => TextSample.TokensIn(Encoding.UTF8.GetBytes(json)), Throws.Nothing);

    [TestCase(English, 1)]
    [TestCase(English, 200)]
    [TestCase(Chinese, 1)]
    [TestCase(Chinese, 400)]
    public void A_stream_that_tells_no_usage_is_counted_from_what_passed(string sentence, int times)
    {
        var meter = new UsageMeter();
        for (var i = 0; i < times; i++)
        {
            var piece = JsonSerializer.SerializeToUtf8Bytes(sentence).AsSpan(1..^1);
            meter.CountGenerated(piece, piece.Length);
        }

        var usage = meter.Settle(7);
        Assert.That(usage.Output, Is.EqualTo(TextTokens.Count(string.Concat(Enumerable.Repeat(sentence, times)))).Within(15).Percent);
        Assert.That((usage.Input, usage.Estimated), Is.EqualTo((7, true)));
    }

    [Test]
    public void A_piece_that_is_longer_than_what_is_looked_at_is_cut_where_it_may_be()
    {
        var text = string.Concat(Enumerable.Repeat("\u00e9t\u00e9 \"quoted\" ", 2000));
        var piece = JsonSerializer.SerializeToUtf8Bytes(text).AsSpan(1..^1);
        var meter = new UsageMeter();
        meter.CountGenerated(piece, piece.Length);

        Assert.That(meter.Settle(1).Output, Is.EqualTo(TextTokens.Count(text)).Within(20).Percent);
    }

    [Test]
    public void Each_piece_of_a_stream_is_a_token_at_least()
    {
        var meter = new UsageMeter();
        for (var i = 0; i < 100; i++)
        {
            meter.CountGenerated("a"u8, 1);
        }

        Assert.That(meter.Settle(1).Output, Is.EqualTo(100));
    }
}
