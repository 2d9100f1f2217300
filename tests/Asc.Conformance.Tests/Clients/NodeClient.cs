using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Asc.Conformance.Tests.Clients;

/// <summary>An SDK from npm, behind a driver that lives as long as this.</summary>
internal sealed class NodeClient(string name, ClientProtocol protocol, SdkErrors errors, params string[] driver) : SdkClient(name, protocol, errors)
{
    private static readonly string Folder = Repository.Path("tests", "Sdk");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Heard>> waiting = new();
    private readonly SemaphoreSlim writing = new(1);
    private Process? process;

    public override async Task<string?> StartAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return "No SDKs from npm in tests/Sdk: tests/tools installs them.";
        }

        try
        {
            var start = new ProcessStartInfo("node", driver) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            // Keys and addresses of whoever runs the tests are not for them.
            foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("OPENAI_", StringComparison.Ordinal) || name.StartsWith("ANTHROPIC_", StringComparison.Ordinal) || name.StartsWith("MISTRAL_", StringComparison.Ordinal)).ToArray())
            {
                start.Environment.Remove(variable);
            }

            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return "No node: it runs the SDKs from npm.";
        }

        var complaint = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is not { } first)
        {
            throw new InvalidOperationException($"{driver[0]}: {await complaint}");
        }

        Version = (string)JsonNode.Parse(first)!["version"]!;
        _ = HearAsync(process.StandardOutput, complaint);
        return null;
    }

    public override async Task<Heard> HoldAsync(Job job, CancellationToken leave)
    {
        var heard = waiting[job.Id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(job.ToLine());
        using var leaving = leave.Register(() => _ = WriteAsync(new JsonObject { ["abort"] = job.Id }.ToJsonString()));
        return await heard.Task;
    }

    public override async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // A conversation that nobody ends.
                process.Kill();
            }

            process.Dispose();
        }

        writing.Dispose();
        await base.DisposeAsync();
    }

    private async Task HearAsync(StreamReader lines, Task<string> complaint)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            var answer = JsonNode.Parse(line)!;
            if (waiting.TryRemove((string)answer["id"]!, out var heard))
            {
                heard.SetResult(Job.HeardFrom(answer));
            }
        }

        foreach (var heard in waiting.Values)
        {
            heard.TrySetException(new InvalidOperationException($"{driver[0]} ended: {await complaint}"));
        }
    }

    private async Task WriteAsync(string line)
    {
        await writing.WaitAsync();
        try
        {
            await process!.StandardInput.WriteAsync(line + "\n");
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }
}
