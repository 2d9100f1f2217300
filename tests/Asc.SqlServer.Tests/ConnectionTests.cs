using System.Diagnostics;

namespace Asc.SqlServer.Tests;

/// <summary>The control plane's own process gets as far as the network.</summary>
internal sealed class ConnectionTests
{
    [Test]
    public async Task The_control_plane_s_process_can_open_a_connection()
    {
        // Nobody listens there; SqlClient must come to notice.
        var program = Path.Combine(AppContext.BaseDirectory, "Asc.ControlPlane.dll");
        var start = new ProcessStartInfo("dotnet", [program, "migrate", "--database", "sqlserver", "--connection-string", "Server=tcp:127.0.0.1,1;Connect Timeout=1;ConnectRetryCount=0;User Id=a;Password=b"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(error, Does.Contain("establishing a connection to SQL Server"));
    }
}
