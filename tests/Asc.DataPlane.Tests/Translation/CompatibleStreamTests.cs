using System.Text;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>
/// Streams of servers that resemble OpenAI (vLLM, Ollama, TGI) and leave out what OpenAI says: another protocol's clients hear all the same what was meant, clients of their own protocol
/// get the bytes as they came.
/// </summary>
[TestFixture]
internal sealed class CompatibleStreamTests : TranslationFixture
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}";
    private const string Stop = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]," + Usage + "}";

    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}", Stop, TestName = "No role, id, object and date")]
    [TestCase("{\"id\":\"1\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}", "{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}", "{\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"stop\"}]," + Usage + "}", TestName = "No index")]
    [TestCase("{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}", "{\"id\":\"2\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"b\"},\"finish_reason\":\"eos_token\"}]," + Usage + "}", TestName = "A role with each, another id, a reason of its own, usage with the last")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]," + Usage + "}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]," + Usage + "}", TestName = "Usage with each")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ab\"},\"finish_reason\":\"stop\"}],\"usage\":null}", "{\"choices\":[]," + Usage + "}", TestName = "Usage in a chunk of its own")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ab\"},\"finish_reason\":\"stop\"}]}", "{" + Usage + "}", TestName = "Usage in a chunk without choices")]
    [TestCase("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},\"delta\":{\"content\":\"a\"}}]}", "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},\"delta\":{\"content\":\"b\"}}]}", "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},\"delta\":{},\"finish_reason\":\"stop\"}]," + Usage + "}", TestName = "A message of what has come so far beside each piece")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]," + Usage + "}", TestName = "A reason with each piece")]
    [TestCase("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ab\"}}]}", Stop, "[DONE]", "stats ttft=1", TestName = "More after the end")]
    public async Task A_text_is_heard_and_its_usage_counted(params string[] chunks)
    {
        var heard = await HearAsync(chunks);

        Assert.That((heard.Said.Single(), heard.Reason), Is.EqualTo((new Said(null, "ab"), "end_turn")));
        Assert.That((heard.Usage!["input_tokens"]!.GetValue<int>(), heard.Usage["output_tokens"]!.GetValue<int>()), Is.EqualTo((7, 5)));
        var record = await RecordAsync();
        Assert.That(((long)record.Usage.Input, (long)record.Usage.Output, record.Usage.Estimated), Is.EqualTo((7, 5, false)));
    }

    [TestCase("{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}}", "{\"function\":{\"arguments\":\":1}\"}}", "{\"id\":\"d\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "Calls without an index")]
    [TestCase("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}", "{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}", "{\"index\":1,\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "Calls without an id")]
    [TestCase("{\"id\":null,\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}},{\"id\":\"\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "Calls without an index or id in one chunk")]
    [TestCase("{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}", "{\"function\":{\"name\":\"g\",\"arguments\":{}}}", TestName = "Calls without an index or id whose arguments are an object")]
    [TestCase("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\"}}", "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"1}\"}}", "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}", "{\"index\":0,\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "The same index for all, no id, and the name with each piece")]
    [TestCase("{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}", "{\"index\":1,\"id\":\"d\",\"function\":{\"name\":\"g\",\"arguments\":{}}}", TestName = "Calls whose arguments are an object")]
    [TestCase("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}", "{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}", "{\"index\":0,\"function\":{\"name\":\"g\",\"arguments\":\"\"}}", "{\"index\":0,\"function\":{\"arguments\":\"{}\"}}", TestName = "The same index for all, no id, and arguments after the name")]
    [TestCase("{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}", "{\"index\":0,\"id\":\"d\",\"function\":{\"arguments\":\"{\\\"a\\\":\"}}", "{\"index\":0,\"id\":\"e\",\"function\":{\"arguments\":\"1}\"}}", "{\"index\":1,\"id\":\"x\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "Another id with each piece")]
    [TestCase("{\"id\":\"null\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}", "{\"id\":\"null\",\"function\":{\"name\":\"\",\"arguments\":\"{\\\"a\\\":1}\"}}", "{\"id\":\"null\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "No id as a word")]
    [TestCase("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}", "{\"id\":\"a\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "The same id for all, and no index")]
    [TestCase("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}", "{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}", TestName = "The same id for all")]
    public async Task Calls_are_heard(params string[] calls)
    {
        var heard = await HearAsync([.. calls.Select(static call => $"{{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{call}]}}}}]}}"), Stop]);

        Assert.That(heard.Said, Is.EqualTo(new[] { new Said("f", "{\"a\":1}"), new Said("g", "{}") }));
        Assert.That(heard.Reason, Is.EqualTo("tool_use"));
    }

    [Test]
    public async Task A_call_of_nothing_is_another_than_the_next_one()
    {
        var heard = await HearAsync("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"\"}},{\"function\":{\"name\":\"g\",\"arguments\":\"{\\\"a\\\":1}\"}}]}}]}", Stop);
        Assert.That(heard.Said, Is.EqualTo(new[] { new Said("f", "{}"), new Said("g", "{\"a\":1}") }));
    }

    [Test]
    public async Task Who_speaks_its_protocol_gets_the_bytes_as_they_came()
    {
        const string stream = "data: {\"choices\":[{\"delta\":{\"content\" : \"a\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        await using var odd = await EnforceAsync(stream);
        Assert.That(await StreamAsync(ChatCompletions, "{\"model\":\"local\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"), Is.EqualTo(stream));
    }

    [TestCase("{\"choices\":[],\"usage\":null}", "{\"choices\":[]}", TestName = "The last member")]
    [TestCase("{\"usage\": null , \"choices\":[]}", "{ \"choices\":[]}", TestName = "The first member")]
    [TestCase("{\"choices\":[] , \"usage\" : null, \"obfuscation\":\"x\"}", "{\"choices\":[] ,  \"obfuscation\":\"x\"}", TestName = "A member among others, with spaces")]
    [TestCase("{\"usage\":null}", "{}", TestName = "The only member")]
    [TestCase("{\"choices\":[],\"usage\":{\"prompt_tokens\":-7,\"completion_tokens\":5}}", "", TestName = "A usage that can't be true")]
    [TestCase("{\"choices\":[{\"delta\":{\"content\":\",\\\"usage\\\":null\",\"usage\":null}}]}", null, TestName = "What is generated")]
    [TestCase("{\"choices\":[{\"delta\":{}}]," + Usage + "}", null, TestName = "A usage that a chunk of the answer tells")]
    public async Task That_usage_was_asked_for_leaves_no_trace(string chunk, string? passed)
    {
        const string rest = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        await using var odd = await EnforceAsync($"data: {chunk}\n\n{rest}");
        Assert.That(await StreamAsync(ChatCompletions, "{\"model\":\"local\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"), Is.EqualTo(passed?.Length == 0 ? rest : $"data: {passed ?? chunk}\n\n{rest}"));
    }

    [Test]
    public async Task Who_asked_for_usage_gets_the_bytes_as_they_came()
    {
        const string stream = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\ndata: {\"choices\":[]," + Usage + "}\n\ndata: [DONE]\n\n";
        await using var odd = await EnforceAsync(stream);
        Assert.That(await StreamAsync(ChatCompletions, "{\"model\":\"local\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"), Is.EqualTo(stream));
    }

    [TestCase(Messages, "event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    [TestCase(MistralChats, ": ping\n\n")]
    public async Task That_the_server_is_still_there_is_said_in_the_clients_words(string path, string said)
    {
        await using var odd = await EnforceAsync($"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"a\"}}}}]}}\n\n: PROCESSING\n\ndata: {Stop}\n\ndata: [DONE]\n\n");
        var stream = await StreamAsync(path, "{\"model\":\"local\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        Assert.That(stream.Split(said), Has.Length.EqualTo(2), stream);
        Assert.That(stream, Does.Not.Contain("PROCESSING"));
    }

    private async Task<Hearing> HearAsync(params string[] chunks)
    {
        await using var odd = await EnforceAsync(string.Concat(chunks.Append("[DONE]").Select(static data => $"data: {data}\n\n")));
        return Hearing.OfMessages(await StreamAsync(Messages, "{\"model\":\"local\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
    }

    [TestCase("{}")]
    [TestCase("{\"choices\":[]}")]
    public async Task An_answer_without_a_choice_is_told_as_the_providers_failure(string answer)
    {
        await using var odd = await EnforceAsync(answer, "application/json");
        using var response = await SendAsync(Messages, "{\"model\":\"local\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["code"]!.GetValue<string>()), Is.EqualTo((502, "provider_error")), error.ToJsonString());
    }

    [Test]
    public async Task A_chunk_without_a_reason_does_not_end_the_answer()
    {
        await using var odd = await EnforceAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}\n\n");
        using var response = await SendAsync(Messages, "{\"model\":\"local\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(await ReadAllAsync(response), Does.Contain("ended the stream before the answer was finished").And.Not.Contain("message_stop"));
    }

    private const string Ended = "data: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";

    [TestCase(Ended, false, TestName = "One, though two were asked for")]
    [TestCase(Ended + Ended, false, TestName = "One that ends twice")]
    [TestCase(Ended + Ended + "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}\n\n", true, TestName = "One that ends twice, and one that doesn't")]
    [TestCase("data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}\n\n" + Ended + "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n", false, TestName = "Two")]
    public async Task An_answer_of_several_choices_ends_with_the_last_of_them(string stream, bool breaks)
    {
        await using var odd = await EnforceAsync(stream);
        using var response = await SendAsync(ChatCompletions, $"{{\"model\":\"local\",\"n\":2,\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}", HttpCompletionOption.ResponseHeadersRead);
        Assert.That((await ReadAllAsync(response)).Contains("ended the stream before the answer was finished", StringComparison.Ordinal), Is.EqualTo(breaks));
    }

    [TestCase("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n")]
    [TestCase("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"error\":{\"message\":\"x\"}}\n\n")]
    [TestCase("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: nothing\n\n")]
    public async Task A_stream_that_nobody_asked_for_and_that_breaks_is_an_error_of_its_own(string stream)
    {
        await using var odd = await EnforceAsync(stream);
        using var response = await SendAsync(Messages, "{\"model\":\"local\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType), Is.EqualTo((502, "application/json")), text);
        Assert.That(JsonNode.Parse(text)!["error"]!["code"]!.GetValue<string>(), Is.EqualTo("provider_error"));
        Assert.That((await RecordAsync()).Status, Is.EqualTo(502));
    }

    [Test]
    public async Task A_stream_that_nobody_asked_for_is_heard_as_a_whole()
    {
        await using var odd = await EnforceAsync($"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"a\"}}}}]}}\n\ndata: {Stop}\n\ndata: [DONE]\n\n");
        var answer = await AnswerAsync(Messages, "{\"model\":\"local\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        Assert.That((answer["content"]![0]!["text"]!.GetValue<string>(), answer["stop_reason"]!.GetValue<string>()), Is.EqualTo(("a", "end_turn")));
    }

    private async Task<OddProvider> EnforceAsync(string stream, string type = "text/event-stream")
    {
        var odd = new OddProvider($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(stream)}\r\n\r\n{stream}");
        var compatible = TestPublisher.Provider("p-odd", "eu", odd.Url);
        (compatible.Provider.Protocol, compatible.Provider.Credential.Secret) = (Protocol.OpenaiCompatible, "p-eu");
        await node.Snapshots.InstallAsync(publisher.Publish(90, "eu", [compatible, TestPublisher.Model("local", "p-odd"), TestPublisher.Tenant("acme", ["local"], "eu")]), publisher, default);
        return odd;
    }
}
