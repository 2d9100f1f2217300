using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Tests.Translation;
using Asc.DataPlane.Wire.Translation;
using Asc.Simulator.Faults;

namespace Asc.DataPlane.Tests.OpenAi;

/// <summary>What Claude thought, in a conversation that goes on with another model (facts: 3.4, trap 40).</summary>
[TestFixture]
internal sealed class SignedReasoningTests : TranslationFixture
{
    private const string Hi = "{\"role\":\"user\",\"content\":\"hi\"}";
    private const string Go = "{\"role\":\"user\",\"content\":\"go\"}";

    [TestCase("{\"role\":\"assistant\",\"content\":\"ho\",\"reasoning_content\":\"hm, \\\"a\\\"\",\"reasoning_signature\":\"c2ln\"}", "role content")]
    [TestCase("{\"reasoning_signature\":\"c2ln\",\"reasoning_content\":\"hm\",\"role\":\"assistant\",\"content\":\"ho\"}", "role content")]
    [TestCase("{ \"reasoning_content\" : \"hm\" , \"role\":\"assistant\", \"reasoning_signature\" : \"c2ln\" , \"content\":\"ho\", \"new\":[1,{\"reasoning_signature\":\"x\"}] }", "role content new")]
    [TestCase("{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"ho\"}", "role reasoning_content content")]
    [TestCase("{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"reasoning_signature\":null,\"content\":\"ho\"}", "role reasoning_content reasoning_signature content")]
    public async Task OpenAI_is_not_told_what_Claude_thought(string message, string members)
    {
        var body = $"{{\"model\":\"gpt\",\"messages\":[{Hi},{message},{Go}],\"temperature\":1.0}}";
        using var response = await SendAsync(ChatCompletions, body);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        Assert.That(Sent()["messages"]![1]!.AsObject().Select(member => member.Key), Is.EqualTo(members.Split(' ')));
        Assert.That((Sent()["messages"]![2]!["content"]!.GetValue<string>(), Sent()["temperature"]!.ToJsonString()), Is.EqualTo(("go", "1.0")));
    }

    [Test]
    public async Task Claude_is_told_again_where_OpenAI_was_asked_first()
    {
        await EnforceAsync(static (_, _) => { }, new RouteTarget { Model = "gpt" }, new RouteTarget { Model = "claude" });
        simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 503, Match = new() { Protocol = "openai" } });
        var signature = System.Text.Encoding.ASCII.GetString(CarriedReasoning.Mark("\"claude-haiku-4-5\""u8.ToArray())) + "2.c2ln";
        using var response = await SendAsync(ChatCompletions, $"{{\"model\":\"both\",\"messages\":[{Hi},{{\"role\":\"assistant\",\"content\":\"ho\",\"reasoning_content\":\"hm\",\"reasoning_signature\":\"{signature}\"}},{Go}]}}");
        var asked = simulator.Requests.Items.ToLookup(static request => request.Protocol, static request => JsonNode.Parse(request.Body.Span)!.ToJsonString());
        Assert.That(asked["openai"], Is.Not.Empty.And.None.Contains("c2ln").And.None.Contains("hm"));
        Assert.That(asked["anthropic"].First(), Does.Contain("\"signature\":\"c2ln\""));
    }
}
