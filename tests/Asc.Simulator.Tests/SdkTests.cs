using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Asc.Simulator.Faults;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Asc.Simulator.Tests;

/// <summary>The official SDK as the judge of what goes over the wire.</summary>
public sealed class SdkTests : SimulatorTest
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "weather", "The weather.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    [Test]
    public async Task It_completes_a_chat()
    {
        ChatCompletion completion = await Client().CompleteChatAsync([new UserChatMessage("Hello SDK")], cancellationToken: Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(completion.Content[0].Text, Does.Contain("Hello SDK"));
            Assert.That(completion.FinishReason, Is.EqualTo(ChatFinishReason.Stop));
            Assert.That(completion.Usage.TotalTokenCount, Is.EqualTo(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount));
        });
    }

    [Test]
    public async Task It_streams_text_and_usage()
    {
        var text = "";
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in Client().CompleteChatStreamingAsync([new UserChatMessage("Hello stream")], cancellationToken: Timeout))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            finish = update.FinishReason ?? finish;
        }

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("Hello stream"));
            Assert.That(finish, Is.EqualTo(ChatFinishReason.Stop));
            Assert.That(usage!.OutputTokenCount, Is.GreaterThan(10));
        });
    }

    [Test]
    public async Task It_runs_a_tool_loop()
    {
        var options = new ChatCompletionOptions { Tools = { Weather } };
        List<ChatMessage> messages = [new UserChatMessage("Weather in Oslo?")];
        ChatCompletion first = await Client().CompleteChatAsync(messages, options, Timeout);
        var call = first.ToolCalls.Single();
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(call.Id, "Rain."));
        ChatCompletion second = await Client().CompleteChatAsync(messages, options, Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(JsonDocument.Parse(call.FunctionArguments).RootElement.GetProperty("city").GetString(), Is.EqualTo("Oslo"));
            Assert.That(second.Content[0].Text, Does.Contain("Rain."));
        });
    }

    [Test]
    public async Task It_assembles_a_streamed_tool_call()
    {
        var options = new ChatCompletionOptions { Tools = { Weather } };
        var arguments = "";
        string? name = null;
        await foreach (var update in Client().CompleteChatStreamingAsync([new UserChatMessage("Weather in Oslo?")], options, Timeout))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                name ??= call.FunctionName;
                arguments += call.FunctionArgumentsUpdate;
            }
        }

        Assert.That((name, arguments), Is.EqualTo(("weather", """{"city":"Oslo"}""")));
    }

    [Test]
    public async Task It_lists_models()
    {
        var models = new OpenAIModelClient(new ApiKeyCredential("sk-test"), SdkOptions());

        OpenAIModelCollection listed = await models.GetModelsAsync(Timeout);

        Assert.That(listed.Select(model => model.Id), Does.Contain("gpt-5-mini"));
    }

    [Test]
    public async Task It_reports_a_status_fault()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 429 });

        var error = await Assert.ThrowsAsync<ClientResultException>(CompleteAsync);

        Assert.That(error?.Status, Is.EqualTo(429));
    }

    [Test]
    public async Task It_retries_over_a_status_fault_that_passes()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Status, Status = 503, Headers = new Dictionary<string, string> { ["retry-after-ms"] = "1" }, Count = 1 });

        await CompleteAsync(retries: 1);

        Assert.That(Simulator.Requests.Items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_waits_out_a_delay()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(20) });

        await CompleteAsync();

        Assert.That((await EndedAsync()).Completed, Is.True);
    }

    [Test]
    public Task It_fails_on_a_cut_stream() => AssertStreamFailsAsync(new Fault { Kind = FaultKind.Cut, AfterChunks = 3 });

    [Test]
    public Task It_fails_on_a_malformed_stream() => AssertStreamFailsAsync(new Fault { Kind = FaultKind.Malformed, AfterChunks = 3 });

    [Test]
    public async Task It_fails_on_cut_and_malformed_answers()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Cut, Count = 1 }, new Fault { Kind = FaultKind.Malformed });

        await Assert.ThatAsync(CompleteAsync, Throws.Exception);
        await Assert.ThatAsync(CompleteAsync, Throws.Exception);
        Assert.That(Simulator.Faults, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task It_can_leave_a_stalled_stream()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Stall, AfterChunks = 3 });
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Timeout);
        var read = StreamAsync(async text =>
        {
            if (text == ":")
            {
                await client.CancelAsync();
            }
        }, client.Token);

        await Assert.ThatAsync(() => read, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await EndedAsync()).ClientAborted, Is.True);
    }

    [Test]
    public async Task It_accepts_a_stream_without_usage()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.NoUsage });
        var text = "";

        await StreamAsync(piece =>
        {
            text += piece;
            return Task.CompletedTask;
        }, Timeout);

        Assert.That(text, Is.Not.Empty);
    }

    private async Task AssertStreamFailsAsync(Fault fault)
    {
        Simulator.SetFaults(fault);
        var pieces = new List<string>();

        await Assert.ThatAsync(() => StreamAsync(piece =>
        {
            pieces.Add(piece);
            return Task.CompletedTask;
        }, Timeout), Throws.Exception);
        Assert.That(string.Concat(pieces), Is.EqualTo("You said:"));
    }

    private async Task StreamAsync(Func<string, Task> onText, CancellationToken cancellationToken)
    {
        await foreach (var update in Client().CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: cancellationToken))
        {
            foreach (var part in update.ContentUpdate)
            {
                await onText(part.Text);
            }
        }
    }

    private Task CompleteAsync() => CompleteAsync(retries: 0);

    private async Task CompleteAsync(int retries) =>
        await Client(retries).CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Timeout);

    private ChatClient Client(int retries = 0) => new("gpt-5-mini", new ApiKeyCredential("sk-test"), SdkOptions(retries));

    private OpenAIClientOptions SdkOptions(int retries = 0) =>
        new() { Endpoint = Simulator.OpenAiBaseUrl("eu"), RetryPolicy = new ClientRetryPolicy(retries) };
}
