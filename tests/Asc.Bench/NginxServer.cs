using System.Diagnostics;
using System.Globalization;

namespace Asc.Bench;

/// <summary>An nginx with one worker: as the provider of JSON answers, or as the plain reverse proxy that others are held against.</summary>
internal sealed class NginxServer : IDisposable
{
    private readonly Process process;

    private NginxServer(Process process, int worker) => (this.process, Cpu) = (process, new ProcessCpu(worker));

    public ProcessCpu Cpu { get; }

    /// <summary>Answers every POST with <paramref name="body"/>.</summary>
    public static Task<NginxServer> AnsweringAsync(string folder, int port, string core, string body) => StartAsync(folder, port, core, $$"""
        location / { default_type application/json; return 200 '{{body}}'; }
        """, "");

    /// <summary>Passes all on to <paramref name="upstream"/>, with connections kept alive and nothing buffered.</summary>
    public static Task<NginxServer> ProxyAsync(string folder, int port, string core, string upstream) => StartAsync(folder, port, core, """
        location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; proxy_request_buffering on; }
        """, $"upstream up {{ server {upstream}; keepalive 1024; }}");

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<NginxServer> StartAsync(string folder, int port, string core, string location, string http)
    {
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off; worker_processes 1; pid {{folder}}/pid; error_log {{folder}}/error.log crit; worker_rlimit_nofile 20000;
            events { worker_connections 8192; }
            http {
              access_log off; keepalive_requests 10000000; keepalive_timeout 600s; client_body_buffer_size 64k; client_max_body_size 64m;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              {{http}}
              server { listen 127.0.0.1:{{port}}; {{location}} }
            }
            """);
        var process = Process.Start(new ProcessStartInfo("taskset", ["-c", core, "nginx", "-c", configuration, "-p", folder]))!;
        await Ports.AwaitAsync(port);
        // The worker does the work; taskset has become the master.
        var worker = int.Parse((await File.ReadAllTextAsync($"/proc/{process.Id}/task/{process.Id}/children")).Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        return new(process, worker);
    }
}
