using Asc.Simulator.Faults;
using Asc.Simulator.Journal;

namespace Asc.Simulator;

/// <summary>A running simulator inside this process; disposing of it stops it.</summary>
public sealed class ProviderSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProviderSimulator(WebApplication app)
    {
        _app = app;
        BaseAddress = new Uri(app.Urls.Single());
    }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:5190/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The requests received.</summary>
    public RequestJournal Requests => _app.Services.GetRequiredService<RequestJournal>();

    /// <summary>The faults in force, each with the count it has left.</summary>
    public IReadOnlyList<Fault> Faults => Board.Current;

    private FaultBoard Board => _app.Services.GetRequiredService<FaultBoard>();

    /// <summary>Starts a simulator; it accepts requests when the task has ended.</summary>
    public static async Task<ProviderSimulator> StartAsync(
        SimulatorOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        var app = SimulatorHost.Build(options, clock);
        try
        {
            await app.StartAsync(cancellationToken);
            return new ProviderSimulator(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The base URL that an OpenAI client is given to reach <paramref name="region"/>.</summary>
    public Uri OpenAiBaseUrl(string region) => new(BaseAddress, $"{region}/openai/v1");

    /// <summary>The base URL that an Anthropic client is given to reach <paramref name="region"/>; clients add <c>/v1</c> themselves.</summary>
    public Uri AnthropicBaseUrl(string region) => new(BaseAddress, $"{region}/anthropic");

    /// <summary>The base URL that a Mistral client is given to reach <paramref name="region"/>; clients add <c>/v1</c> themselves.</summary>
    public Uri MistralBaseUrl(string region) => new(BaseAddress, $"{region}/mistral");

    /// <summary>The endpoint that an Azure OpenAI client is given to reach <paramref name="region"/>; clients add <c>/openai/…</c> themselves.</summary>
    public Uri AzureBaseUrl(string region) => new(BaseAddress, $"{region}/azure");

    /// <summary>Replaces all faults.</summary>
    public void SetFaults(params IEnumerable<Fault> faults) => Board.Replace(faults);

    /// <summary>Runs until the process is asked to end (Ctrl-C, SIGTERM).</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
