using System.Text.Json.Nodes;
using Asc.Contracts.Policy.V1;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Tests;

/// <summary>What of a provider's own words about a request its client is told.</summary>
[TestFixture]
internal sealed class ProviderComplaintTests : GatewayFixture
{
    [TestCase("Incorrect API key provided: sk-proj-ab***xyz. org-AbCdEf123 is invalid", "Incorrect API key provided: [redacted]. [redacted] is invalid")]
    [TestCase("key sk-ant-api03-AbC_d...wxyz (req_011CSH) in wrkspc_01Jw", "key [redacted] ([redacted]) in [redacted]")]
    [TestCase("abcd********wxyz of project proj_AbC", "[redacted] of project [redacted]")]
    [TestCase("Your organization 8b7e1c2a-1111-4222-8333-9a9a9a9a9a9a has no access", "Your organization [redacted] has no access")]
    [TestCase("task-list: the organization must be set, max_tokens > 5 ** 2", "task-list: the organization must be set, max_tokens > 5 ** 2")]
    [TestCase("<!DOCTYPE html><h1>nginx</h1>", null)]
    public void What_tells_of_the_operators_account_is_taken_out(string said, string? told) => Assert.That(AccountWords.Remove(said), Is.EqualTo(told));

    [Test]
    public void Half_a_key_at_the_end_of_a_long_text_is_none_too() =>
        Assert.That(AccountWords.Remove(new string('x', 900) + " " + string.Concat(Enumerable.Repeat("sk-0123456789abcdef ", 90))), Does.Not.Contain("0123").And.Length.AtMost(1000));

    [Test]
    public async Task The_credential_itself_is_never_repeated()
    {
        var error = await ErrorAsync(Protocol.Openai, 400, """{"error":{"message":"no such key: provider-secret, sk-proj-ab***xyz"}}""");

        Assert.That(error["message"]!.GetValue<string>(), Does.Contain("no such key: [redacted], [redacted]").And.Not.Contain("secret"));
    }

    [TestCase("""{"error":{"message":"Incorrect API key provided: sk-proj-ab***xyz","type":"invalid_request_error","code":"invalid_api_key"}}""")]
    [TestCase("""{"error":{"message":"invalid x-api-key","type":"authentication_error"}}""")]
    public async Task A_credential_that_is_refused_by_400_is_not_the_requests_fault(string body)
    {
        var error = await ErrorAsync(Protocol.Openai, 400, body, status: 502);

        Assert.That((error["code"]!.GetValue<string>(), error["message"]!.GetValue<string>()), Is.EqualTo(("provider_error", "p-eu refused this gateway's credential (400). Tell your platform team.")));
        Assert.That(node.Get<HealthBoard>().All.Sum(health => health.Failures), Is.EqualTo(1));
    }

    [TestCase(Protocol.Openai, 429, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""", "insufficient_quota")]
    [TestCase(Protocol.Anthropic, 402, """{"type":"error","error":{"type":"billing_error","message":"Your credit balance is too low"}}""", "billing_error")]
    [TestCase(Protocol.Mistral, 402, """{"detail":"Payment required"}""", null)]
    public async Task An_account_without_money_is_no_limit_of_a_rate_and_not_asked_again(Protocol protocol, int upstream, string body, string? code)
    {
        var error = await ErrorAsync(protocol, upstream, body, status: 502);

        Assert.That((error["code"]!.GetValue<string>(), error["message"]!.GetValue<string>()), Is.EqualTo(("provider_error", $"p-eu has no credit or quota left for this gateway's account ({upstream}). Tell your platform team.")));
        Assert.That(error["provider_code"]?.GetValue<string>(), Is.EqualTo(code));
        Assert.That((await RecordAsync()).Attempts, Is.EqualTo(1));
    }

    [TestCase(Protocol.Openai, 400, """{"error":{"message":"Too long.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""")]
    [TestCase(Protocol.OpenaiCompatible, 400, """{"error":{"message":"This model's maximum context length is 8 tokens."}}""")]
    [TestCase(Protocol.OpenaiCompatible, 400, """{"object":"error","message":"This model maximum context length is 8 tokens","type":"BadRequestError","code":400}""")]
    [TestCase(Protocol.OpenaiCompatible, 422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 9 `inputs` tokens and 1 `max_new_tokens`","error_type":"validation"}""")]
    [TestCase(Protocol.OpenaiCompatible, 400, """{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}}""")]
    [TestCase(Protocol.Anthropic, 400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}""")]
    [TestCase(Protocol.Mistral, 422, """{"object":"error","message":"Prompt contains 9 tokens, too large for model with 8 maximum context length","type":"invalid_request_error","code":"3051"}""")]
    public async Task A_prompt_that_is_too_long_has_ASCs_own_code_whoever_says_so(Protocol protocol, int upstream, string body)
    {
        var error = await ErrorAsync(protocol, upstream, body, status: 400);

        Assert.That((error["code"]!.GetValue<string>(), error["type"]!.GetValue<string>()), Is.EqualTo(("context_length_exceeded", "invalid_request_error")));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain("prompt is too long"));
    }

    [TestCase("""{"object":"error","message":"No such parameter, sk-proj-ab***xyz","type":"BadRequestError","param":null,"code":400}""", "No such parameter, [redacted]", TestName = "vLLM's, without a wrapper")]
    [TestCase("""{"error":"Input validation error: `temperature` must be positive","error_type":"validation"}""", "Input validation error: `temperature` must be positive", TestName = "TGI's, a text")]
    [TestCase("""{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{"prompt":"private"}}]}""", "body.messages: Field required", TestName = "A framework's, a list")]
    [TestCase("""{"detail":"Not Found"}""", "Not Found", TestName = "A framework's, a sentence")]
    [TestCase("""{"message":"outer","error":{"message":"inner"}}""", "inner", TestName = "OpenAI's before any other")]
    [TestCase("""{"error":{"code":7}}""", "it did not say why", TestName = "None")]
    public async Task Servers_that_resemble_OpenAI_have_their_reasons_in_several_places(string body, string told) =>
        Assert.That((await ErrorAsync(Protocol.OpenaiCompatible, 400, body))["message"]!.GetValue<string>(), Is.EqualTo($"p-eu refused the request (400): {told}"));

    [Test]
    public async Task The_providers_own_code_and_parameter_go_along()
    {
        var error = await ErrorAsync(Protocol.Openai, 400, """{"error":{"message":"Filtered.","type":null,"param":"prompt","code":"content_filter"}}""");

        Assert.That(
            (error["code"]!.GetValue<string>(), error["provider_code"]!.GetValue<string>(), error["param"]!.GetValue<string>()), Is.EqualTo(("provider_rejected", "content_filter", "prompt")));
    }

    [Test]
    public async Task A_parameter_of_another_protocol_is_not_the_clients()
    {
        var error = await ErrorAsync(Protocol.Anthropic, 400, """{"type":"error","error":{"type":"invalid_request_error","message":"no","param":"system"}}""");

        Assert.That((error["param"], error.AsObject().ContainsKey("provider_code")), Is.EqualTo(((JsonNode?)null, false)));
    }

    [TestCase(404, "not_found_error")]
    [TestCase(413, "request_too_large")]
    [TestCase(422, "invalid_request_error")]
    public void Anthropics_type_goes_with_the_status(int status, string type)
    {
        var body = ClientDialects.Anthropic.ErrorBody(ProviderErrors.Of("p", status, default, isOwnProtocol: true, null), "r");

        Assert.That(JsonNode.Parse(body.Span)!["error"]!["type"]!.GetValue<string>(), Is.EqualTo(type));
    }

    private async Task<JsonNode> ErrorAsync(Protocol protocol, int upstream, string body, int? status = null)
    {
        await using var odd = new OddProvider($"HTTP/1.1 {upstream} No\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Resource[] resources = [.. Resources(url: odd.Url)];
        resources[0].Provider.Protocol = protocol;
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", resources), publisher, default);

        using var response = await PostAsync(Chat);

        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status ?? upstream), text);
        return JsonNode.Parse(text)!["error"]!;
    }
}
