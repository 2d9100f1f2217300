namespace Asc.Simulator.Tests.Anthropic;

/// <summary>What is wrong with the order of messages, and of tool calls and results in them.</summary>
public sealed class ConversationTests : AnthropicTest
{
    private const string User1 = """{"role":"user","content":"hi"}""";
    private const string Assistant1 = """{"role":"assistant","content":"hello"}""";
    private const string System1 = """{"role":"system","content":"be brief"}""";
    private const string Calls = """{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}},{"type":"tool_use","id":"t2","name":"f","input":{}}]}""";
    private const string Result1 = """{"type":"tool_result","tool_use_id":"t1","content":"one"}""";
    private const string Result2 = """{"type":"tool_result","tool_use_id":"t2","content":"two"}""";
    private const string Word = """{"type":"text","text":"and?"}""";

    [TestCase("[" + Assistant1 + "," + User1 + "]", "messages: first message must use the \"user\" role")]
    [TestCase("[" + System1 + "," + User1 + "]", "messages: first message must use the \"user\" role")]
    [TestCase("[" + User1 + "," + Assistant1 + "]", "This model does not support assistant message prefill. The conversation must end with a user message.")]
    [TestCase("[" + User1 + "," + System1 + "," + User1 + "]", "messages.1: role 'system' must be the last message or be followed by an assistant turn")]
    [TestCase("[" + User1 + "," + Assistant1 + "," + System1 + "]", "messages.2: role 'system' must follow a user turn")]
    [TestCase("[" + User1 + """,{"role":"system","content":[{"type":"image"}]}]""", "messages.1.content.0: Input tag 'image' found using 'type'")]
    [TestCase("""[{"role":"user","content":""}]""", "messages.0: all messages must have non-empty content except for the optional final assistant message")]
    [TestCase("""[{"role":"user","content":[]}]""", "messages.0: all messages must have non-empty content")]
    [TestCase("[" + User1 + """,{"role":"assistant","content":""},""" + User1 + "]", "messages.1: all messages must have non-empty content")]
    public async Task A_recent_model_refuses(string messages, string message) => await AssertRefusedAsync(Converse(Recent, messages), message);

    [TestCase("[" + User1 + "," + System1 + "]", "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter")]
    [TestCase("[" + User1 + """,{"role":"assistant","content":"Well, "}]""", "messages: final assistant content cannot end with trailing whitespace")]
    [TestCase("[" + User1 + """,{"role":"assistant","content":[{"type":"text","text":"Well\n"}]}]""", "messages: final assistant content cannot end with trailing whitespace")]
    public async Task An_older_model_refuses(string messages, string message) => await AssertRefusedAsync(Converse(Older, messages), message);

    [TestCase(Recent, "[" + User1 + "," + System1 + "]")]
    [TestCase(Recent, "[" + User1 + "," + System1 + "," + Assistant1 + "," + User1 + "]")]
    [TestCase(Recent, "[" + User1 + """,{"role":"assistant","content":[{"type":"server_tool_use","id":"s","name":"web_search","input":{}}]},""" + System1 + "]")]
    [TestCase(Recent, "[" + User1 + "," + User1 + "]")]
    [TestCase(Older, "[" + User1 + "," + Assistant1 + "]")]
    [TestCase(Older, "[" + User1 + """,{"role":"assistant","content":""}]""")]
    public async Task A_good_order_is_taken(string model, string messages) => await SaidAsync(Converse(model, messages));

    [TestCase("[" + User1 + "," + Calls + "]", "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1, t2.")]
    [TestCase("[" + User1 + "," + Calls + "," + User1 + "]", "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1, t2.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result1 + "]}]", "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t2.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result1 + """]},{"role":"user","content":[""" + Result2 + "]}]", "immediately after: t2.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Word + "," + Result1 + "," + Result2 + "]}]", "immediately after: t1, t2.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result1 + "," + Word + "," + Result2 + "]}]", "immediately after: t1, t2.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result1 + "," + Result2 + "," + Result1 + "]}]", "messages.2.content.2: each tool_use must have a single result. Found multiple `tool_result` blocks with id: t1")]
    [TestCase("""[{"role":"user","content":[""" + Result1 + "]}]", "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: t1.")]
    [TestCase("[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result1 + "," + Result2 + "]}," + Calls + """,{"role":"user","content":[""" + Result1 + "," + Result2 + "]}]", "messages: `tool_use` ids must be unique")]
    public async Task Calls_and_results_must_pair(string messages, string message) => await AssertRefusedAsync(Converse(Older, messages), message);

    [Test]
    public async Task Words_may_follow_the_results()
    {
        var answer = await SaidAsync(Converse(Older, "[" + User1 + "," + Calls + """,{"role":"user","content":[""" + Result2 + "," + Result1 + "," + Word + "]}]"));

        Assert.That(Text(answer), Does.StartWith("The tool answered: two one."));
    }
}
