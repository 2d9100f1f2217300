using System.Text;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What was thought in earlier turns, and the provider that is asked now can't read, kills no conversation (facts: 3.7, trap 40).</summary>
[TestFixture]
internal sealed class ForeignReasoningTests : TranslationFixture
{
    private const string Responses = "/v1/responses";
    private const string Said = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"ho\",\"annotations\":[]}]}";
    private const string Sealed = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"another account's\"}";
    private const string Bare = "{\"id\":\"rs_2\",\"type\":\"reasoning\",\"summary\":[]}";
    private const string Thought = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"YW5vdGhlcg==\"}";

    [Test]
    public async Task A_response_is_asked_for_again_without_what_another_account_sealed()
    {
        using var response = await SendAsync(Responses, $"{{\"model\":\"gpt\",\"input\":[{{\"role\":\"user\",\"content\":\"hi\"}},{Sealed},{Said},{{\"role\":\"user\",\"content\":\"go on\"}}]}}");

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues("x-asc-dropped").Single(), Is.EqualTo("carried-reasoning"));
        var sent = simulator.Requests.Items.Select(static request => Encoding.UTF8.GetString(request.Body.Span)).ToArray();
        Assert.That((sent.Length, sent[0].Contains("another account's", StringComparison.Ordinal), sent[1].Contains("reasoning", StringComparison.Ordinal)), Is.EqualTo((2, true, false)));
        Assert.That(JsonNode.Parse(sent[1])!["input"]!.AsArray().Select(static item => item!["role"]!.GetValue<string>()), Is.EqualTo(new[] { "user", "assistant", "user" }));
        var record = await RecordAsync();
        Assert.That((record.Attempts, string.Join(' ', record.DroppedFeatures)), Is.EqualTo((2u, "carried-reasoning")));
    }

    [Test]
    public async Task It_is_not_shown_what_it_has_not_kept()
    {
        await AnswerAsync(Responses, $"{{\"model\":\"gpt\",\"input\":[{{\"role\":\"user\",\"content\":\"hi\"}},{Bare},{Said},{{\"role\":\"user\",\"content\":\"go on\"}}]}}");
        Assert.That(Sent()["input"]!.ToJsonString(), Does.Not.Contain("rs_2").And.Not.Contain("msg_1").And.Contain("ho"));
    }

    [TestCase("", ",\"include\":[\"reasoning.encrypted_content\"]")]
    [TestCase("\"include\":null,", "\"include\":[\"reasoning.encrypted_content\"],")]
    [TestCase("\"include\":[ ],", "\"include\":[\"reasoning.encrypted_content\"],")]
    [TestCase("\"include\":[\"message.output_text.logprobs\"],", "\"include\":[\"message.output_text.logprobs\",\"reasoning.encrypted_content\"],")]
    [TestCase("\"include\":[\"reasoning.encrypted_content\"],", "\"include\":[\"reasoning.encrypted_content\"],")]
    [TestCase("\"store\":null,", "\"include\":[\"reasoning.encrypted_content\"]}")]
    public void What_nobody_keeps_is_asked_for(string fields, string asked)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"gpt\",{fields}\"input\":\"hi\"}}");
        Assert.That(ResponsesRequestReader.Read(body, out var request), Is.Null);
        var pieces = Asc.DataPlane.Wire.BodyEdits.Apply(body, SealedReasoning.AskedFor(body, request));
        var sent = string.Concat(Enumerable.Range(0, 9).Select(n => Encoding.UTF8.GetString(pieces[n].Span)));
        Assert.That(sent, Does.Contain(asked));
        Assert.That(sent.Split("reasoning.encrypted_content"), Has.Length.EqualTo(2));
    }

    [TestCase("{'role':'user','content':'hi'},{'role':'assistant','content':[T,{'type':'text','text':'ho'}]},{'role':'user','content':'go on'}", TestName = "A thought before a text")]
    [TestCase("{'role':'user','content':'hi'},{'role':'assistant','content':[T,{'type':'redacted_thinking','data':'x'},{'type':'tool_use','id':'c','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'1'}]}", TestName = "Two before a call")]
    public async Task Claude_is_asked_again_without_what_another_model_signed(string messages)
    {
        await EnforceAsync(static (model, _) => model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", "claude-opus-5-5", StringComparison.Ordinal));
        using var response = await SendAsync(Messages, $"{{\"model\":\"claude\",\"max_tokens\":2048,\"thinking\":{{\"type\":\"adaptive\"}},\"messages\":[{messages.Replace('\'', '"').Replace("T", Thought, StringComparison.Ordinal)}]}}");

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues("x-asc-dropped").Single(), Is.EqualTo("carried-reasoning"));
        Assert.That(simulator.Requests.Items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Once_is_enough()
    {
        var hi = "{\"role\":\"user\",\"content\":\"hi\"}";
        using var response = await SendAsync(Messages, $"{{\"model\":\"claude\",\"max_tokens\":4096,\"thinking\":{{\"type\":\"enabled\",\"budget_tokens\":1024}},\"tools\":[{{\"name\":\"f\",\"input_schema\":{{\"type\":\"object\"}}}}],\"messages\":[{hi},{{\"role\":\"assistant\",\"content\":[{Thought},{{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{{}}}}]}},{{\"role\":\"user\",\"content\":[{{\"type\":\"tool_result\",\"tool_use_id\":\"c\",\"content\":\"1\"}}]}}]}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Expected `thinking`"), "whoever thinks with a budget has to go on with what it thought");
        Assert.That(simulator.Requests.Items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_a_client_of_another_protocol_has_changed_is_left_out_too()
    {
        await EnforceAsync(static (model, _) =>
        {
            model.Deployments[0].UpstreamModel = model.Deployments[0].UpstreamModel.Replace("claude-haiku-4-5", "claude-opus-5-5", StringComparison.Ordinal);
            model.Reasoning = new() { Efforts = { Asc.Contracts.Policy.V1.Effort.Low, Asc.Contracts.Policy.V1.Effort.High } };
        });
        var mark = Encoding.ASCII.GetString(CarriedReasoning.Mark("\"claude-opus-5-5\""u8.ToArray()));
        using var response = await SendAsync(ChatCompletions, $"{{\"model\":\"claude\",\"reasoning_effort\":\"high\",\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}},{{\"role\":\"assistant\",\"content\":\"ho\",\"reasoning_content\":\"hm\",\"reasoning_signature\":\"{mark}2.YW5vdGhlcg==\"}},{{\"role\":\"user\",\"content\":\"go on\"}}]}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.GetValues("x-asc-dropped").Single(), Is.EqualTo("carried-reasoning"));
    }

    [Test]
    public async Task It_says_nothing_of_the_deployment()
    {
        await A_response_is_asked_for_again_without_what_another_account_sealed();
        Assert.That(node.Get<Asc.DataPlane.Resilience.HealthBoard>().All.Sum(static health => health.Failures), Is.Zero);
    }

    [Test]
    public void However_many_there_are_a_body_is_gone_through_once()
    {
        var items = string.Concat(Enumerable.Repeat("{\"type\":\"reasoning\"},", 200_000));
        var body = Encoding.UTF8.GetBytes($"{{\"input\":[{items}{{\"role\":\"user\"}}]}}");
        var copy = body.ToArray();
        ReasoningItems.BlankBare(body, copy);
        Assert.That(JsonNode.Parse(copy)!.ToJsonString(), Is.EqualTo("{\"input\":[{\"role\":\"user\"}]}"));
    }

    [TestCase("{'messages':[{'content':[T]},{'content':[T,1,T]},{'content':[1,T]},{'content':'T'},{'content':[]}],'thinking':T}", "{'messages':[{'content':[]},{'content':[1]},{'content':[1]},{'content':'T'},{'content':[]}],'thinking':T}")]
    [TestCase("{'system':[T],'messages':[{'content':[T],'role':'assistant'}]}", "{'system':[T],'messages':[{'content':[],'role':'assistant'}]}")]
    [TestCase("{'messages':'T'}", "{'messages':'T'}")]
    public void Blanks_leave_JSON_behind(string body, string left)
    {
        var (bytes, thought) = (Encoding.UTF8.GetBytes(body.Replace('\'', '"').Replace("T", "{\"type\":\"thinking\"}", StringComparison.Ordinal).Replace("\"{\"type\":\"thinking\"}\"", "\"T\"", StringComparison.Ordinal)), "{\"type\":\"thinking\"}");
        var copy = bytes.ToArray();
        ThinkingBlocks.Blank(bytes, copy);
        Assert.That(JsonNode.Parse(copy)!.ToJsonString(), Is.EqualTo(left.Replace('\'', '"').Replace("T", thought, StringComparison.Ordinal).Replace($"\"{thought}\"", "\"T\"", StringComparison.Ordinal)));
    }

    [TestCase("{'input':[R,S,{'id':'a','x':1},{'x':1,'id':'a'},{'x':1},R]}", "{'input':[S,{'x':1},{'x':1},{'x':1}]}", "{'input':[{'x':1},{'x':1},{'x':1}]}")]
    [TestCase("{'input':'R'}", "{'input':'R'}", "{'input':'R'}")]
    [TestCase("{'x':[R],'input':[R]}", "{'x':[R],'input':[]}", "{'x':[R],'input':[]}")]
    public void Of_items_too(string body, string leftOfBare, string leftOfAll)
    {
        var (bare, all) = (Bytes(body), Bytes(body));
        ReasoningItems.BlankBare(Bytes(body), bare);
        ReasoningItems.BlankAll(Bytes(body), all);
        Assert.That(JsonNode.Parse(bare)!.ToJsonString(), Is.EqualTo(Encoding.UTF8.GetString(Bytes(leftOfBare))));
        Assert.That(JsonNode.Parse(all)!.ToJsonString(), Is.EqualTo(Encoding.UTF8.GetString(Bytes(leftOfAll))));

        static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace("'R'", "\"r\"", StringComparison.Ordinal).Replace('\'', '"')
            .Replace("R", "{\"type\":\"reasoning\",\"encrypted_content\":null}", StringComparison.Ordinal).Replace("S", "{\"type\":\"reasoning\",\"encrypted_content\":\"s\"}", StringComparison.Ordinal));
    }
}
