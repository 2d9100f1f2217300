using System.Text.Json;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class ModelListTests : AnthropicTest
{
    [Test]
    public async Task Models_are_listed_newest_first()
    {
        var list = await GetAsync("models");

        Assert.Multiple(() =>
        {
            Assert.That(Ids(list), Is.EqualTo(new[] { "claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5", "claude-sonnet-5", "claude-haiku-4-5", "claude-sonnet-4-5" }));
            Assert.That(Cursor(list), Is.EqualTo((false, "claude-haiku-5-5", "claude-sonnet-4-5")));
        });
    }

    [TestCase("limit=2", "claude-haiku-5-5 claude-sonnet-5-5", true)]
    [TestCase("limit=2&after_id=claude-sonnet-5-5", "claude-opus-5-5 claude-sonnet-5", true)]
    [TestCase("limit=2&after_id=claude-sonnet-5", "claude-haiku-4-5 claude-sonnet-4-5", false)]
    [TestCase("after_id=claude-sonnet-4-5", "", false)]
    [TestCase("limit=2&before_id=claude-sonnet-5", "claude-sonnet-5-5 claude-opus-5-5", true)]
    [TestCase("limit=2&before_id=claude-opus-5-5", "claude-haiku-5-5 claude-sonnet-5-5", false)]
    public async Task The_list_comes_in_pages(string query, string ids, bool hasMore)
    {
        var page = await GetAsync($"models?{query}");

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', Ids(page)), Is.EqualTo(ids));
            Assert.That(page.GetProperty("has_more").GetBoolean(), Is.EqualTo(hasMore));
        });
    }

    [TestCase("limit=0", "limit: ")]
    [TestCase("limit=1001", "limit: ")]
    [TestCase("limit=x", "limit: ")]
    [TestCase("after_id=claude-99", "after_id: 'claude-99' is not the id of a model")]
    [TestCase("after_id=claude-sonnet-5&before_id=claude-sonnet-5", "Only one of before_id and after_id")]
    public async Task A_bad_page_is_refused(string query, string message) =>
        Assert.That((await GetAsync($"models?{query}")).GetProperty("error").GetProperty("message").GetString(), Does.StartWith(message));

    [Test]
    public async Task A_model_tells_what_it_takes()
    {
        var model = await GetAsync("models/claude-sonnet-5-5");
        var capabilities = model.GetProperty("capabilities");

        Assert.Multiple(() =>
        {
            Assert.That(model.GetProperty("type").GetString(), Is.EqualTo("model"));
            Assert.That(model.GetProperty("display_name").GetString(), Is.EqualTo("Claude Sonnet 5.5"));
            Assert.That(model.GetProperty("created_at").GetString(), Is.EqualTo("2026-09-28T00:00:00Z"));
            Assert.That((Count(model, "max_input_tokens"), Count(model, "max_tokens")), Is.EqualTo((1_000_000, 128_000)));
            Assert.That(Supports(capabilities.GetProperty("thinking").GetProperty("types"), "between_tools"), Is.True);
            Assert.That(Supports(capabilities.GetProperty("thinking").GetProperty("types"), "disabled"), Is.False);
            Assert.That(Supports(capabilities.GetProperty("effort"), "max"), Is.True);
        });
    }

    [Test]
    public async Task An_unknown_model_is_not_found()
    {
        var error = (await GetAsync("models/gpt-5")).GetProperty("error");

        Assert.That((error.GetProperty("type").GetString(), error.GetProperty("message").GetString()), Is.EqualTo(("not_found_error", "model: gpt-5")));
    }

    private static bool Supports(JsonElement capability, string name) => capability.GetProperty(name).GetProperty("supported").GetBoolean();

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString());

    private static (bool, string?, string?) Cursor(JsonElement list) =>
        (list.GetProperty("has_more").GetBoolean(), list.GetProperty("first_id").GetString(), list.GetProperty("last_id").GetString());

    private async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"eu/anthropic/v1/{path}");
        request.Headers.Add("anthropic-version", SecondVersion);
        using var response = await Http.SendAsync(request, Timeout);
        return await ReadAsync(response);
    }
}
