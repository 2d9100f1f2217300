using System.ClientModel;
using Asc.Simulator.Faults;
using OpenAI.Chat;

namespace Asc.Functional.Tests;

/// <summary>An application with the official OpenAI SDK, as it is, but for base URL and key.</summary>
public sealed class ApplicationJourney
{
    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [TearDown]
    public async Task ForgetFaults()
    {
        await bed.HealAsync();
        bed.Simulator.Requests.Clear();
    }

    [Test]
    public async Task It_gets_its_completion()
    {
        ChatCompletion completion = await bed.Client("eu", bed.HealthKey, "chat-default").CompleteChatAsync("Say hello");

        Assert.That(completion.Content[0].Text, Is.Not.Empty);
        Assert.That(completion.FinishReason, Is.EqualTo(ChatFinishReason.Stop));
        Assert.That(bed.Simulator.Requests.Items.Single().Region, Is.EqualTo("eu"));
    }

    [Test]
    public async Task It_gets_a_stream()
    {
        var text = "";
        await foreach (var update in bed.Client("us", bed.RetailKey, "gpt-5").CompleteChatStreamingAsync("Say hello"))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.That(text, Is.Not.Empty);
        Assert.That(bed.Simulator.Requests.Items.Single().Region, Is.EqualTo("us"));
    }

    [Test]
    public async Task It_gets_tool_calls_and_answers_them()
    {
        var client = bed.Client("eu", bed.HealthKey, "gpt-5-mini");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather", "The weather", BinaryData.FromString("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}")) } };
        List<ChatMessage> messages = [new UserChatMessage("What is the weather in Berlin?")];

        ChatCompletion first = await client.CompleteChatAsync(messages, options);
        Assert.That(first.FinishReason, Is.EqualTo(ChatFinishReason.ToolCalls));
        Assert.That(first.ToolCalls[0].FunctionName, Is.EqualTo("get_weather"));

        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(first.ToolCalls[0].Id, "7 degrees, rain"));
        ChatCompletion second = await client.CompleteChatAsync(messages, options);
        Assert.That(second.Content[0].Text, Is.Not.Empty);
    }

    [Test]
    public Task A_denied_model_is_told_with_the_rule_and_its_owner() =>
        AssertErrorAsync("eu", bed.HealthKey, "gpt-5", 403, "model_not_allowed", "models.allow of acme/health");

    [Test]
    public Task An_unknown_model_is_not_found() => AssertErrorAsync("eu", bed.HealthKey, "gpt-17", 404, "model_not_found", "gpt-17");

    [Test]
    public Task A_region_that_the_tenant_may_not_use_is_told_with_the_ones_it_may() =>
        AssertErrorAsync("us", bed.HealthKey, "chat-default", 403, "residency_violation", "permits eu");

    [Test]
    public Task An_unknown_key_is_refused() =>
        AssertErrorAsync("eu", "asc_" + new string('0', 64), "chat-default", 401, "invalid_api_key", "not known");

    [Test]
    public async Task A_revoked_key_is_refused_on_every_node_within_a_second()
    {
        var created = await bed.AscJsonAsync("key", "create", "--tenant", "acme/retail", "--name", "doomed");
        var key = created["key"]!.GetValue<string>();
        foreach (var region in new[] { "eu", "us" })
        {
            await AscTestBed.EventuallyAsync(async () => await IsServedAsync(region, key), 1);
        }

        await bed.AscJsonAsync("key", "revoke", created["id"]!.GetValue<string>());
        foreach (var region in new[] { "eu", "us" })
        {
            await AscTestBed.EventuallyAsync(async () => !await IsServedAsync(region, key), 1);
            await AssertErrorAsync(region, key, "chat-default", 401, "key_revoked", "revoked");
        }
    }

    [TestCase(429, 429, "provider_rate_limited")]
    [TestCase(500, 502, "provider_error")]
    public async Task A_providers_failure_is_the_SDKs_own_exception(int upstream, int status, string code)
    {
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = upstream });

        await AssertErrorAsync("eu", bed.HealthKey, "chat-default", status, code, "openai-eu");
    }

    [Test]
    public async Task A_cut_answer_is_the_SDKs_own_exception()
    {
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Cut });

        await AssertErrorAsync("eu", bed.HealthKey, "chat-default", 502, "provider_error", "openai-eu");
    }

    [Test]
    public async Task A_stream_that_fails_before_its_first_byte_is_the_SDKs_own_exception()
    {
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 0 });

        var failure = await Catch(async () =>
        {
            await foreach (var _ in bed.Client("eu", bed.HealthKey, "chat-default").CompleteChatStreamingAsync("Say hello"))
            {
            }
        });

        Assert.That(failure, Is.TypeOf<ClientResultException>(), failure?.ToString());
        Assert.That(failure!.Message, Does.Contain("provider_error"));
    }

    [Test]
    public async Task A_stream_that_is_cut_in_the_middle_ends_in_an_exception_not_in_silence()
    {
        bed.Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, AfterChunks = 3 });
        var updates = 0;

        var failure = await Catch(async () =>
        {
            await foreach (var _ in bed.Client("eu", bed.HealthKey, "chat-default").CompleteChatStreamingAsync("Say hello"))
            {
                updates++;
            }
        });

        // The .NET SDK knows no error event in a chat stream and passes over it: the broken connection is what it sees.
        Assert.That(updates, Is.GreaterThan(0));
        Assert.That(failure, Is.InstanceOf<IOException>());
    }

    private async Task<bool> IsServedAsync(string region, string key)
    {
        try
        {
            await bed.Client(region, key, "chat-default").CompleteChatAsync("Say hello");
            return true;
        }
        catch (ClientResultException)
        {
            return false;
        }
    }

    private async Task AssertErrorAsync(string region, string key, string model, int status, string code, string message)
    {
        var failure = await Catch(() => bed.Client(region, key, model).CompleteChatAsync("Say hello")) as ClientResultException;

        Assert.That(failure, Is.Not.Null);
        Assert.That(failure!.Status, Is.EqualTo(status));
        Assert.That(failure.Message, Does.Contain(code).And.Contain(message));
    }

    private static async Task<Exception?> Catch(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            return exception;
        }
    }
}
