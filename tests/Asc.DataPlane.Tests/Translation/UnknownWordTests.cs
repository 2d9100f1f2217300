using System.Text.Json.Nodes;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>A word that no protocol knows is refused with its place, and not taken for nothing: the answer would be another than what was asked for.</summary>
[TestFixture]
internal sealed class UnknownWordTests : TranslationFixture
{
    [TestCase(ChatCompletions, "claude", "'response_format':{'type':'grammar'}", "response_format.type")]
    [TestCase(ChatCompletions, "claude", "'response_format':{'json_schema':{'name':'n','schema':{'type':'object'}}}", "response_format.type")]
    [TestCase(ChatCompletions, "claude", "'stop':5", "stop")]
    [TestCase(ChatCompletions, "claude", "'stop':[1,'a']", "stop")]
    [TestCase(ChatCompletions, "claude", "'reasoning_effort':'huge'", "reasoning_effort")]
    [TestCase("/v1/responses", "claude", "'text':{'format':{'type':'grammar'}}", "text.format.type")]
    [TestCase("/v1/responses", "claude", "'text':{'format':{'name':'n','schema':{'type':'object'}}}", "text.format.type")]
    [TestCase("/v1/responses", "claude", "'reasoning':{'effort':'huge'}", "reasoning.effort")]
    [TestCase(MistralChats, "claude", "'response_format':{'type':'xml'}", "response_format.type")]
    [TestCase(MistralChats, "claude", "'prompt_mode':'x'", "prompt_mode")]
    [TestCase(Messages, "gpt", "'output_config':{'format':{'type':'json_object'}}", "output_config.format.type")]
    [TestCase(Messages, "gpt", "'output_config':{'effort':'huge'}", "output_config.effort")]
    [TestCase(Messages, "gpt", "'thinking':{'type':'weird'}", "thinking.type")]
    [TestCase(Messages, "gpt", "'thinking':{}", "thinking.type")]
    public async Task It_is_refused_with_its_place(string path, string model, string fields, string place)
    {
        await EnforceAsync(static (model, _) => model.Reasoning = new() { Efforts = { Contracts.Policy.V1.Effort.Low, Contracts.Policy.V1.Effort.High } });
        using var response = await SendAsync(path, Asking(path, model, fields));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(400), text);
        Assert.That(text, Does.Contain(place));
        if (path != Messages)
        {
            var body = JsonNode.Parse(text)!;
            Assert.That((body["error"] ?? body)["param"]!.GetValue<string>(), Is.EqualTo(place));
        }

        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [TestCase(ChatCompletions, "claude", "'response_format':{'type':'text'},'stop':null,'reasoning_effort':null")]
    [TestCase(ChatCompletions, "claude", "'response_format':null,'stop':[]")]
    [TestCase("/v1/responses", "claude", "'text':{'format':{'type':'text'}},'reasoning':{}")]
    [TestCase(MistralChats, "claude", "'response_format':{'type':'text'},'prompt_mode':null")]
    [TestCase(Messages, "gpt", "'output_config':{},'thinking':{'type':'between_tools'}")]
    public async Task What_says_nothing_is_taken_for_nothing(string path, string model, string fields) => await AnswerAsync(path, Asking(path, model, fields));

    private static string Asking(string path, string model, string fields) =>
        $"{{\"model\":\"{model}\",{fields.Replace('\'', '"')},{(path == "/v1/responses" ? "\"input\":\"hi\"" : "\"max_tokens\":3000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]")}}}";
}
