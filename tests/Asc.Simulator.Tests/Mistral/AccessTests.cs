using System.Net.Http.Headers;
using System.Text.Json;

namespace Asc.Simulator.Tests.Mistral;

public sealed class AccessTests : MistralTest
{
    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero,
        ChunkDelay = TimeSpan.Zero,
        Keys = [new AcceptedKey("eu", "mistral", "eu-secret")],
        Models = ["tuned-*"],
    };

    [TestCase(null)]
    [TestCase("wrong")]
    public async Task A_missing_or_wrong_key_is_refused_in_one_word(string? key)
    {
        Http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await SendAsync(Ask().ToJsonString());

        Assert.That(((int)response.StatusCode, (await ReadAsync(response)).GetRawText()), Is.EqualTo((401, """{"detail":"Unauthorized"}""")));
    }

    [Test]
    public async Task A_key_of_the_region_is_accepted_and_the_answer_has_a_correlation_id()
    {
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eu-secret");
        using var response = await SendAsync(Ask().ToJsonString());

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(200));
            Assert.That(response.Headers.GetValues("mistral-correlation-id").Single(), Is.Not.Empty);
        });
    }

    [TestCase("GET", "us/mistral/v1/chat/completions", 405, "Method Not Allowed")]
    [TestCase("POST", "us/mistral/v1/responses", 404, "Not Found")]
    [TestCase("POST", "us/mistral/chat/completions", 404, "Not Found")]
    [TestCase("GET", "us/mistral/v1/models/gpt-5-mini", 404, "Not Found")]
    public async Task A_wrong_address_is_refused_in_the_shape_of_the_protocol(string method, string path, int status, string detail)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Http.SendAsync(request, Timeout);

        Assert.That(((int)response.StatusCode, (await ReadAsync(response)).GetProperty("detail").GetString()), Is.EqualTo((status, detail)));
    }

    [Test]
    public async Task Models_are_listed_by_all_their_names_and_with_what_they_are_good_for()
    {
        var list = JsonDocument.Parse(await Http.GetStringAsync("us/mistral/v1/models", Timeout)).RootElement.GetProperty("data").EnumerateArray().ToList();
        var latest = JsonDocument.Parse(await Http.GetStringAsync("us/mistral/v1/models/codestral-latest", Timeout)).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(list.Select(model => model.GetProperty("id").GetString()), Is.SupersetOf(new[] { "mistral-small-2603", "mistral-small-latest" }));
            Assert.That(list.All(model => model.TryGetProperty("capabilities", out _)), Is.True);
            Assert.That(latest.GetProperty("capabilities").GetProperty("completion_fim").GetBoolean(), Is.True);
            Assert.That(latest.GetProperty("aliases")[0].GetString(), Is.EqualTo("codestral-2508"));
        });
    }

    [Test]
    public async Task What_is_allowed_by_a_prefix_is_served_without_being_listed()
    {
        using var tuned = await Http.GetAsync("us/mistral/v1/models/tuned-7", Timeout);

        Assert.That((await ReadAsync(tuned)).GetProperty("id").GetString(), Is.EqualTo("tuned-7"));
    }
}
