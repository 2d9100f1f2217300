using System.Net;
using Asc.Simulator.OpenAi;

namespace Asc.Simulator.Tests;

public sealed class AccessTests : SimulatorTest
{
    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero,
        ChunkDelay = TimeSpan.Zero,
        Keys = [new AcceptedKey("eu", "openai", "sk-eu-secret-1234")],
        Models = ["gpt-5-mini", "tuned-*"],
        EmbeddingModels = [new EmbeddingModel("text-embedding-3-small", 1_536, true)],
    };

    [TestCase(null)]
    [TestCase("Bearer ")]
    [TestCase("Basic sk-eu-secret-1234")]
    [TestCase("Bearer sk-eu-secret-9999")]
    public async Task A_missing_or_wrong_key_is_refused(string? authorization)
    {
        Authorize(authorization);
        using var response = await PostAsync(Chat());
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("invalid_api_key"));
            Assert.That(error.GetProperty("message").GetString(), Does.Not.Contain("secret"));
        });
    }

    [TestCase("eu", "Bearer sk-eu-secret-1234")]
    [TestCase("us", "Bearer whatever")]
    public async Task A_key_of_the_region_is_accepted_and_any_key_where_none_is_configured(string region, string authorization)
    {
        Authorize(authorization);
        using var response = await PostAsync(Chat(), region);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("GET", "us/openai/v1/nothing.txt", 404, "unknown_url")]
    [TestCase("GET", "US/openai/v1/models", 404, "unknown_url")]
    [TestCase("GET", "us/openai/v1/chat/completions", 405, "method_not_supported")]
    [TestCase("GET", "us/openai/v1/models/gpt-99", 404, "model_not_found")]
    public async Task A_wrong_address_is_refused_in_the_shape_of_the_protocol(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Http.SendAsync(request, Timeout);
        var error = (await ReadAsync(response)).GetProperty("error");

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code));
        });
    }

    [Test]
    public async Task Models_are_listed_and_prefixes_are_served_without_being_listed()
    {
        using var list = await Http.GetAsync("us/openai/v1/models", Timeout);
        using var tuned = await Http.GetAsync("us/openai/v1/models/tuned-7", Timeout);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await ReadAsync(list)).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()), Is.EqualTo(new[] { "gpt-5-mini", "text-embedding-3-small" }));
            Assert.That((await ReadAsync(tuned)).GetProperty("id").GetString(), Is.EqualTo("tuned-7"));
        });
    }

    private void Authorize(string? authorization)
    {
        Http.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }
    }
}
