using System.Diagnostics;
using System.Globalization;

namespace Asc.Bench;

/// <summary>A data-plane node as production runs it: its own process, keys, policy and records on.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process process;

    private NodeProcess(Process process, Uri url) => (this.process, Url, Cpu) = (process, url, new ProcessCpu(process.Id));

    public int ProcessId => process.Id;

    public Uri Url { get; }

    public ProcessCpu Cpu { get; }

    public static async Task<NodeProcess> StartAsync(StandInControlPlane controlPlane, string folder, string core, bool inline)
    {
        var (port, adminPort) = (Ports.Free(), Ports.Free());
        var program = Path.Combine(AppContext.BaseDirectory, "Asc.DataPlane.dll");
        var start = new ProcessStartInfo("taskset", ["-c", core, "dotnet", program]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new (string, string)[]
        {
            ("Name", $"bench-{port}"), ("Region", "eu"), ("ListenAddress", "127.0.0.1"), ("Port", port.ToString(CultureInfo.InvariantCulture)),
            ("AdminPort", adminPort.ToString(CultureInfo.InvariantCulture)), ("ControlPlane", controlPlane.Address.ToString()), ("NodeToken", "bench"),
            ("TrustedKeys__0", controlPlane.Verifier.ToString()), ("DataDirectory", folder), ("InlineScheduling", inline.ToString()),
        })
        {
            start.Environment["Asc__" + name] = value;
        }

        start.Environment["ASC_SECRET_BENCH"] = "provider-secret";
        var process = Process.Start(start)!;
        // Nobody reads it, and it must not fill its pipe.
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        await ReadyAsync(new Uri($"http://127.0.0.1:{adminPort}/readyz"));
        return new(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task ReadyAsync(Uri url)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 400; i++)
        {
            try
            {
                using var response = await client.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException("the node did not become ready");
    }
}
