using System.Text;
using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Tests.Wire;

public sealed class ChatChunkTests
{
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}", true, 0, false)]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}", true, 5, false)]
    [TestCase("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}", true, 3, false)]
    [TestCase("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", true, 0, true)]
    [TestCase("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}", true, 1, false)]
    [TestCase("{\"choices\":[{\"delta\":{\"reasoning\":\"think\",\"reasoning_content\":\"think\"}}]}", true, 5, false)]
    [TestCase("{\"choices\":[{\"delta\":{\"reasoning\":\"\",\"reasoning_content\":\"think\",\"content\":\"a\"}}]}", true, 6, false)]
    [TestCase("{\"choices\":[]}", false, 0, false)]
    [TestCase("{\"id\":\"x\",\"object\":\"y\"}", false, 0, false)]
    public void A_chunk_says_what_it_generated_and_whether_it_finished(string data, bool choices, int bytes, bool finished)
    {
        var chunk = ChatChunkReader.Read(Encoding.UTF8.GetBytes(data));

        Assert.That((chunk.HasContent, chunk.GeneratedBytes, chunk.Finished, chunk.IsError), Is.EqualTo((choices, bytes, finished, false)));
    }

    [Test]
    public void Usage_is_told_in_one_algebra()
    {
        var chunk = ChatChunkReader.Read("{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,\"prompt_tokens_details\":{\"cached_tokens\":30,\"cache_write_tokens\":10,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":5}}}"u8);

        Assert.That(chunk.Usage, Is.EqualTo(new TokenUsage(Input: 60, CachedRead: 30, CacheWrite: 10, Output: 20, Reasoning: 5, Estimated: false)));
    }

    [TestCase("{\"usage\":{}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":1}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":\"many\"}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":9e99,\"completion_tokens\":1}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":1}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":0,\"prompt_tokens_details\":{\"cached_tokens\":99}}}")]
    [TestCase("{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":2}}}")]
    public void Usage_that_can_not_be_true_is_no_usage(string data) =>
        Assert.That(ChatChunkReader.Read(Encoding.UTF8.GetBytes(data)).Usage, Is.Null);

    [Test]
    public void Absent_details_are_nothing() =>
        Assert.That(ChatChunkReader.Read("{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"prompt_tokens_details\":null}}"u8).Usage, Is.EqualTo(new TokenUsage(5, 0, 0, 1, 0, false)));

    [TestCase("{\"error\":{\"message\":\"x\"}}", true)]
    [TestCase("{\"error\":null,\"choices\":[]}", false)]
    public void An_error_event_is_told(string data, bool isError) =>
        Assert.That(ChatChunkReader.Read(Encoding.UTF8.GetBytes(data)).IsError, Is.EqualTo(isError));

    [TestCase("{\"id\":\"chatcmpl-1\",\"choices\":[{\"ind")]
    [TestCase("[]")]
    [TestCase("hello")]
    public void What_is_not_a_JSON_object_is_an_error(string data) =>
        Assert.Catch<JsonException>(() => ChatChunkReader.Read(Encoding.UTF8.GetBytes(data)));
}
