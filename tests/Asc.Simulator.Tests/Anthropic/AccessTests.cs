using System.Net;
using System.Text;

namespace Asc.Simulator.Tests.Anthropic;

public sealed class AccessTests : AnthropicTest
{
    protected override SimulatorOptions Options { get; } = new()
    {
        FirstTokenDelay = TimeSpan.Zero,
        ChunkDelay = TimeSpan.Zero,
        Keys = [new AcceptedKey("eu", "anthropic", "sk-ant-good")],
    };

    [TestCase(null, null, "x-api-key header is required")]
    [TestCase(null, "Basic sk-ant-good", "x-api-key header is required")]
    [TestCase("sk-ant-bad", null, "invalid x-api-key")]
    [TestCase(null, "Bearer sk-ant-bad", "Invalid bearer token")]
    [TestCase("sk-ant-bad", "Bearer sk-ant-good", "invalid x-api-key")]
    public async Task A_missing_or_wrong_key_is_refused(string? key, string? authorization, string message)
    {
        using var response = await CallAsync(key, authorization, FirstVersion);

        await AssertErrorAsync(response, HttpStatusCode.Unauthorized, "authentication_error", message);
    }

    [TestCase("sk-ant-good", null)]
    [TestCase(null, "Bearer sk-ant-good")]
    [TestCase("sk-ant-good", "Bearer sk-ant-bad")]
    public async Task Either_kind_of_key_is_good_and_x_api_key_wins(string? key, string? authorization)
    {
        using var response = await CallAsync(key, authorization, SecondVersion);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(null, "anthropic-version: header is required")]
    [TestCase("2023-01-01", "anthropic-version: \"2023-01-01\" is not a valid version")]
    public async Task A_missing_or_unknown_version_is_refused(string? version, string message)
    {
        using var response = await CallAsync("sk-ant-good", null, version);

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", message);
    }

    [TestCase("GET", "eu/anthropic/v1/messages", 405, "invalid_request_error")]
    [TestCase("POST", "eu/anthropic/v1/models", 405, "invalid_request_error")]
    [TestCase("POST", "eu/anthropic/v1/complete", 404, "not_found_error")]
    [TestCase("POST", "eu/anthropic/messages", 404, "not_found_error")]
    public async Task A_wrong_address_is_refused_in_the_shape_of_the_protocol(string method, string path, int status, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Http.SendAsync(request, Timeout);
        var body = await ReadAsync(response);

        Assert.That(((int)response.StatusCode, body.GetProperty("error").GetProperty("type").GetString()), Is.EqualTo((status, type)));
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "us/anthropic/v1/messages") { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
        request.Headers.Add("anthropic-version", FirstVersion);
        using var response = await Http.SendAsync(request, Timeout);

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", "content-type: Input should be 'application/json'");
    }

    [Test]
    public async Task A_field_of_a_beta_is_taken_with_its_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "us/anthropic/v1/messages?beta=true");
        var body = Ask();
        body["context_management"] = new System.Text.Json.Nodes.JsonObject();
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Add("anthropic-version", FirstVersion);
        request.Headers.Add("anthropic-beta", "other-2025-01-01, context-management-2025-06-27");
        using var response = await Http.SendAsync(request, Timeout);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<HttpResponseMessage> CallAsync(string? key, string? authorization, string? version)
    {
        Http.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, "eu/anthropic/v1/messages");
        request.Content = new StringContent(Ask().ToJsonString(), Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[] { ("x-api-key", key), ("Authorization", authorization), ("anthropic-version", version) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Http.SendAsync(request, Timeout);
    }

    private async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string type, string message)
    {
        var error = (await ReadAsync(response)).GetProperty("error");
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(status));
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(error.GetProperty("message").GetString(), Is.EqualTo(message));
        });
    }
}
