using System.Diagnostics;
using System.Globalization;

namespace Asc.Bench;

/// <summary>
/// The same path to the provider without governance: this program itself, started as a node of which only reading, calling and streaming are left.
/// </summary>
internal sealed class UngovernedProcess : IDisposable
{
    private readonly Process process;

    private UngovernedProcess(Process process, Uri url) => (this.process, Url, Cpu) = (process, url, new ProcessCpu(process.Id));

    public Uri Url { get; }

    public ProcessCpu Cpu { get; }

    public static async Task<UngovernedProcess> StartAsync(Uri upstream, string core)
    {
        var port = Ports.Free();
        var process = Process.Start(new ProcessStartInfo("taskset", [
            "-c", core, "dotnet", Path.Combine(AppContext.BaseDirectory, "Asc.Bench.dll"), "ungoverned", port.ToString(CultureInfo.InvariantCulture), upstream.ToString(),
        ]))!;
        await Ports.AwaitAsync(port);
        return new(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
