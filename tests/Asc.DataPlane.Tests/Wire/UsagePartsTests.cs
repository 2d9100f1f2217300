using System.Text;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Tests.Wire;

/// <summary>What providers tell of parts of their tokens (facts: 2.1 to 2.3, trap 21).</summary>
public sealed class UsagePartsTests
{
    [TestCase("prompt_tokens", "prompt_tokens_details", "completion_tokens", "completion_tokens_details")]
    [TestCase("input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details")]
    public void OpenAI_tells_of_audio_images_and_the_lifetimes_of_what_is_cached(string input, string inputDetails, string output, string outputDetails)
    {
        var json = $$$"""{"usage":{"{{{input}}}":100,"{{{inputDetails}}}":{"cached_tokens":10,"cache_write_tokens":40,"cache_write_tokens_details":{"ttl_30m_tokens":15,"ttl_12h_tokens":25},"audio_tokens":7,"image_tokens":8,"text_tokens":85},"{{{output}}}":30,"{{{outputDetails}}}":{"reasoning_tokens":5,"audio_tokens":6},"total_tokens":130}}""";

        Assert.That(
            ChatUsageReader.ReadAnswer(Encoding.UTF8.GetBytes(json)).Usage,
            Is.EqualTo(new TokenUsage(50, 10, 40, 30, 5, Estimated: false) { LongCacheWrite = 25, AudioInput = 7, ImageInput = 8, AudioOutput = 6 }));
    }

    [TestCase(12, 1, 399, 386, 387, TestName = "Thoughts beside what is seen, more of them")]
    [TestCase(12, 50, 72, 10, 60, TestName = "Thoughts beside what is seen, fewer of them")]
    [TestCase(12, 50, 62, 10, 50, TestName = "Thoughts among what was generated")]
    public void What_was_thought_counts_once(int prompt, int completion, int total, int reasoning, int output) => Assert.That(
        ChatUsageReader.ReadAnswer(Encoding.UTF8.GetBytes($$$"""{"usage":{"prompt_tokens":{{{prompt}}},"completion_tokens":{{{completion}}},"total_tokens":{{{total}}},"completion_tokens_details":{"reasoning_tokens":{{{reasoning}}} } } }""")).Usage,
        Is.EqualTo(new TokenUsage(prompt, 0, 0, output, reasoning, Estimated: false)));

    [Test]
    public void Anthropic_tells_of_the_lifetimes_of_what_is_cached()
    {
        const string json = """{"type":"message","usage":{"input_tokens":5,"cache_read_input_tokens":1,"cache_creation_input_tokens":9,"cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":6},"output_tokens":2,"output_tokens_details":{"thinking_tokens":1}}}""";

        Assert.That(MessagesAnswerReader.Read(Encoding.UTF8.GetBytes(json)).Usage, Is.EqualTo(new TokenUsage(5, 1, 9, 2, 1, Estimated: false) { LongCacheWrite = 6 }));
    }

    [Test]
    public void The_end_of_a_stream_corrects_what_it_repeats_and_nothing_else()
    {
        var meter = new UsageMeter();
        meter.Report(MessagesEventReader.Read("""{"type":"message_start","message":{"usage":{"input_tokens":43,"cache_read_input_tokens":20,"cache_creation_input_tokens":9,"cache_creation":{"ephemeral_1h_input_tokens":6},"output_tokens":1}}}"""u8));
        meter.Report(MessagesEventReader.Read("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":61,"output_tokens":12}}"""u8));

        Assert.That(meter.Settle(1), Is.EqualTo(new TokenUsage(61, 20, 9, 12, 0, Estimated: false) { LongCacheWrite = 6 }));
    }

    [TestCase("""{"prompt_tokens":10,"completion_tokens":1,"prompt_tokens_details":{"audio_tokens":99,"image_tokens":-1,"cache_write_tokens":2,"cache_write_tokens_details":{"ttl_12h_tokens":3}}}""")]
    public void A_part_is_no_more_than_the_whole(string usage)
    {
        Assert.That(
            ChatUsageReader.ReadAnswer(Encoding.UTF8.GetBytes($"{{\"usage\":{usage}}}")).Usage,
            Is.EqualTo(new TokenUsage(8, 0, 2, 1, 0, Estimated: false) { LongCacheWrite = 2, AudioInput = 10 }));
    }
}
