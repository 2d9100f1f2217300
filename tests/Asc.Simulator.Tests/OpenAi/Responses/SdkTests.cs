#pragma warning disable OPENAI001 // The SDK's own word for what may still change in it.
using System.ClientModel;
using System.ClientModel.Primitives;
using Asc.Simulator.Faults;
using OpenAI.Responses;

namespace Asc.Simulator.Tests.OpenAi.Responses;

/// <summary>The official SDK as the judge of what goes over the wire.</summary>
public sealed class SdkTests : SimulatorTest
{
    [Test]
    public async Task It_reads_a_response()
    {
        ResponseResult response = await Client().CreateResponseAsync("gpt-5-mini", "Hello SDK", cancellationToken: Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(response.GetOutputText(), Does.Contain("Hello SDK"));
            Assert.That(response.Status, Is.EqualTo(ResponseStatus.Completed));
            Assert.That(response.Usage.OutputTokenCount, Is.GreaterThan(10));
        });
    }

    [Test]
    public async Task It_reads_a_stream()
    {
        var (text, usage) = ("", 0);
        await using var stream = await Client().CreateResponseStreamingAsync("gpt-5-mini", "Hello stream", cancellationToken: Timeout);
        await foreach (var update in (IAsyncEnumerable<StreamingResponseUpdate>)stream)
        {
            text += update is StreamingResponseOutputTextDeltaUpdate delta ? delta.Delta : "";
            usage = update is StreamingResponseCompletedUpdate completed ? completed.Response.Usage.OutputTokenCount : usage;
        }

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("Hello stream"));
            Assert.That(usage, Is.GreaterThan(10));
        });
    }

    [Test]
    public async Task It_reads_a_failure_in_a_stream()
    {
        Simulator.SetFaults(new Fault { Kind = FaultKind.Error, Status = 500, AfterChunks = 1 });
        var failed = false;
        await using var stream = await Client().CreateResponseStreamingAsync("gpt-5-mini", "Hello", cancellationToken: Timeout);
        await foreach (var update in (IAsyncEnumerable<StreamingResponseUpdate>)stream)
        {
            failed |= update is StreamingResponseFailedUpdate;
        }

        Assert.That(failed, Is.True);
    }

    private ResponsesClient Client() => new(
        new ApiKeyCredential("sk-test"), new ResponsesClientOptions { Endpoint = Simulator.OpenAiBaseUrl("eu"), RetryPolicy = new ClientRetryPolicy(0) });
}
