using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>
/// Claude that thinks by a number of tokens isn't told to where the answer has no room for it, or where it goes on after calls without what it thought before them (facts: 3.1, 3.2).
/// That is named, and it samples as it is told.
/// </summary>
[TestFixture]
internal sealed class UnthoughtAnswerTests : TranslationFixture
{
    private const string Said = "{\"role\":\"user\",\"content\":\"hi\"}";
    private const string Called =
        Said + ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}";
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    [TestCase(FeatureGaps.Refuse)]
    [TestCase(FeatureGaps.Drop)]
    public async Task An_effort_that_is_not_told_is_named(FeatureGaps gaps)
    {
        await ThinkAsync(gaps);
        Assert.Multiple(async () =>
        {
            Assert.That(await DroppedAsync($"\"max_tokens\":500,\"messages\":[{Said}]"), Is.EqualTo("reasoning"));
            Assert.That(await DroppedAsync($"{Tools},\"messages\":[{Called}]"), Is.EqualTo("reasoning"));
            Assert.That(await DroppedAsync($"{Tools},\"messages\":[{Said}]"), Is.Null);
            Assert.That(await DroppedAsync($"\"messages\":[{Said}]"), Is.Null);
        });
        Assert.That(simulator.Requests.Items.Select(static request => JsonNode.Parse(request.Body.Span)!["thinking"] is not null), Is.EqualTo(new[] { false, false, true, true }));
    }

    [Test]
    public async Task No_effort_and_none_at_all_lose_nothing()
    {
        await ThinkAsync(FeatureGaps.Refuse);
        Assert.That(await DroppedAsync($"\"max_tokens\":500,\"messages\":[{Said}]", "null"), Is.Null);
        Assert.That(await DroppedAsync($"\"max_tokens\":500,\"messages\":[{Said}]", "\"none\""), Is.Null);
    }

    [Test]
    public async Task Who_does_not_think_samples_as_it_is_told()
    {
        await ThinkAsync(FeatureGaps.Drop);
        Assert.That(await DroppedAsync($"\"temperature\":0.3,{Tools},\"messages\":[{Called}]"), Is.EqualTo("reasoning"));
        Assert.That(Sent()["temperature"]!.GetValue<double>(), Is.EqualTo(0.3));
    }

    [Test]
    public async Task A_response_tells_how_it_was()
    {
        await ThinkAsync(FeatureGaps.Drop);
        const string called = "{\"role\":\"user\",\"content\":\"hi\"},{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"1\"}";
        var response = await AnswerAsync("/v1/responses", $"{{\"model\":\"claude\",\"reasoning\":{{\"effort\":\"high\"}},\"temperature\":0.3,\"tools\":[{{\"type\":\"function\",\"name\":\"f\"}}],\"input\":[{called}]}}");
        Assert.That((response["reasoning"]!["effort"]!.GetValue<string>(), response["temperature"]!.GetValue<double>()), Is.EqualTo(("none", 0.3)));
    }

    [Test]
    public async Task An_answer_that_was_begun_loses_one_thing_by_one_name()
    {
        await ThinkAsync(FeatureGaps.Drop);
        Assert.That(await DroppedAsync($"\"messages\":[{Said},{{\"role\":\"assistant\",\"content\":\"ho\"}}]"), Is.EqualTo("prefill-with-reasoning"));
    }

    private Task ThinkAsync(FeatureGaps gaps) => EnforceAsync((model, tenant) =>
    {
        model.Reasoning = new() { Efforts = { Effort.None, Effort.Low, Effort.High }, ByBudget = true };
        tenant.FeatureGaps = gaps;
    });

    private async Task<string?> DroppedAsync(string fields, string effort = "\"high\"")
    {
        using var response = await SendAsync(ChatCompletions, $"{{\"model\":\"claude\",\"reasoning_effort\":{effort},{fields}}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        return response.Headers.TryGetValues("x-asc-dropped", out var names) ? names.Single() : null;
    }
}
