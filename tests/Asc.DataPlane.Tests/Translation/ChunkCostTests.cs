using System.Buffers;
using System.Text;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A translated event costs no memory, once its answer is under way.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class ChunkCostTests
{
    private const int Warm = 100;
    private static readonly AnswerIdentity Identity = new("0193a1", "asked", DateTimeOffset.UnixEpoch, 3, TellsUsage: true);

    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\u00e9\"},\"finish_reason\":null}],\"usage\":null}", TestName = "A chunk of text")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"a\"}}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"b\"}}]}", TestName = "A chunk of reasoning")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"a\\\":1,\"}}]}}]}", TestName = "A chunk of arguments")]
    public void From_OpenAI(string first, string next) => AssertFree(first, next, new(new ChatTranslationReader(), new MessagesEventWriter(Identity)));

    [TestCase("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\u00e9\"}}", TestName = "An event of text")]
    [TestCase("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\"}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"b\"}}", TestName = "An event of thinking")]
    [TestCase("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"a\\\":1,\"}}", TestName = "An event of arguments")]
    [TestCase("{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"ping\"}", TestName = "A ping")]
    public void From_Anthropic(string first, string next) => AssertFree(first, next, new(new MessagesTranslationReader(), new ChatChunkWriter(Identity)));

    [TestCase("{\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"a\"}", "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"\\u00e9\",\"logprobs\":[]}", TestName = "An event of a response's text")]
    [TestCase("{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"}}", "{\"type\":\"response.function_call_arguments.delta\",\"item_id\":\"fc_1\",\"output_index\":1,\"delta\":\"\\\"a\\\":1,\"}", TestName = "An event of a response's arguments")]
    [TestCase("{\"type\":\"response.created\",\"response\":{}}", "{\"type\":\"keepalive\"}", TestName = "A response that is alive")]
    public void From_a_response(string first, string next) => AssertFree(first, next, new(new ResponsesTranslationReader(), new ChatChunkWriter(Identity)));

    private static void AssertFree(string first, string next, CallTranslation translation)
    {
        var client = new ArrayBufferWriter<byte>(4096);
        translation.PassEvent(Encoding.UTF8.GetBytes(first), client);
        var data = Encoding.UTF8.GetBytes(next);
        var before = 0L;
        for (var i = 0; i < 10 * Warm; i++)
        {
            before = i == Warm ? GC.GetAllocatedBytesForCurrentThread() : before;
            client.ResetWrittenCount();
            translation.PassEvent(data, client);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(client.WrittenCount, Is.GreaterThan(0));
    }
}
