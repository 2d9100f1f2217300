using System.Diagnostics;
using System.Globalization;

namespace Asc.Bench;

/// <summary>Portkey's gateway from npm, where it is installed: <c>npm install --prefix artifacts/portkey @portkey-ai/gateway@1.15.2</c>.</summary>
internal sealed class PortkeyProcess : IDisposable
{
    private const string Program = "artifacts/portkey/node_modules/@portkey-ai/gateway/build/start-server.js";
    private readonly Process process;

    private PortkeyProcess(Process process, Uri url) => (this.process, Url, Cpu) = (process, url, new ProcessCpu(process.Id));

    public Uri Url { get; }

    public ProcessCpu Cpu { get; }

    /// <summary>Null where it isn't installed.</summary>
    public static async Task<PortkeyProcess?> StartAsync(string core)
    {
        if (!File.Exists(Program))
        {
            Console.WriteLine("Portkey is not installed, so it doesn't take part: npm install --prefix artifacts/portkey @portkey-ai/gateway@1.15.2");
            return null;
        }

        var port = Ports.Free();
        var start = new ProcessStartInfo("taskset", ["-c", core, "node", Program, $"--port={port.ToString(CultureInfo.InvariantCulture)}", "--headless"]) { RedirectStandardOutput = true };
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        await Ports.AwaitAsync(port);
        return new(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
