using System.Collections.Concurrent;
using Asc.Conformance.Tests.Clients;
using Asc.Contracts.Credentials;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Tests;
using Asc.Simulator;

namespace Asc.Conformance.Tests;

/// <summary>
/// A node, a key for each column, a provider of each dialect, and one more for each client and each way to fail: in a region of the simulator of its own,
/// so that conversations go on beside one another, and no provider fails often enough to be left alone.
/// </summary>
internal sealed class Bed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly Dictionary<Column, BearerSecret> keys = Column.All.ToDictionary(column => column, _ => BearerSecret.Issue(SecretKind.ApiKey));
    private readonly SortedDictionary<ulong, ExecutionRecord> records = [];
    private readonly ConcurrentDictionary<long, Cell> left = new();
    private readonly SemaphoreSlim reading = new(1);
    private readonly ProviderSimulator simulator;
    private readonly TestNode node;
    private readonly string url;

    private Bed(ProviderSimulator simulator, TestNode node, string url) => (this.simulator, this.node, this.url) = (simulator, node, url);

    public static async Task<Bed> StartAsync()
    {
        var simulator = await ProviderSimulator.StartAsync(new() { FirstTokenDelay = TimeSpan.Zero, ChunkDelay = TimeSpan.Zero });
        simulator.SetFaults(Scenarios.All.Where(scenario => scenario.Fault is not null).Select(scenario => scenario.Fault! with { Match = new(Region: $"{scenario.Slug}-*") }));
        var publisher = new TestPublisher();
        var node = new TestNode(publisher, "eu", secrets: new Dictionary<string, string> { ["provider"] = "provider-secret" });
        var bed = new Bed(simulator, node, (await node.StartAsync()).GetLeftPart(UriPartial.Authority));
        await node.ApplyAsync(publisher.Access([.. bed.keys.Values.Select(key => TestPublisher.KeyOf(key, "acme"))]), publisher);
        await node.Snapshots.InstallAsync(publisher.Publish(1, "eu", bed.Resources()), publisher, default);
        return bed;
    }

    /// <summary>Holds a cell's conversation; gives what was heard, and what the node recorded.</summary>
    public async Task<(Heard Heard, IReadOnlyList<ExecutionRecord> Records)> HoldAsync(Cell cell)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var before = (await RecordsAsync(cell.Column)).Count;
        var job = new Job(cell.ToString(), url + cell.Client.Protocol.Path, keys[cell.Column].Reveal(), ModelOf(cell), cell.Stream, cell.Scenario.Ask);
        var conversation = cell.Client.HoldAsync(job, leaving.Token);
        var heard = await (cell.Scenario.Ask.Leaves ? LeaveAsync(cell, conversation, leaving, patience.Token) : conversation.WaitAsync(patience.Token));
        // Where it ended in an error, no more is asked for.
        var expected = heard.Error is null ? cell.Scenario.Requests : 1;
        IReadOnlyList<ExecutionRecord> found;
        do
        {
            found = [.. (await RecordsAsync(cell.Column)).Skip(before)];
            await Task.Delay(1);
        }
        while (found.Count < expected && !patience.IsCancellationRequested);
        return (heard, found);
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await simulator.DisposeAsync();
        reading.Dispose();
    }

    // Who reads a stream leaves by themselves. The provider is left too.
    private async Task<Heard> LeaveAsync(Cell cell, Task<Heard> conversation, CancellationTokenSource leaving, CancellationToken patience)
    {
        var region = RegionOf(cell.Scenario, cell.Provider, cell.Client);
        var asked = await simulator.Requests.WaitForAsync(request => request.Region == region && !left.ContainsKey(request.Number), patience);
        left[asked.Number] = cell;
        await (cell.Stream ? Task.CompletedTask : leaving.CancelAsync());
        var heard = await conversation.WaitAsync(patience);
        await simulator.Requests.WaitForAsync(request => request.Number == asked.Number && request.ClientAborted, patience);
        return heard;
    }

    private static string RegionOf(Scenario scenario, ProviderDialect provider, SdkClient client) => $"{scenario.Slug}-{provider}-{SdkClient.All.ToList().IndexOf(client)}";

    // Provider, model and the simulator's region have one name.
    private static string ModelOf(Cell cell) => cell.Scenario.Ask.Embeds is not null ? Embedding(cell.Provider) : cell.Scenario.Fault is null ? cell.Provider.Name : RegionOf(cell.Scenario, cell.Provider, cell.Client);

    private static string Embedding(ProviderDialect provider) => provider.Name + "-embedding";

    private IEnumerable<Resource> Resources()
    {
        var names = new List<string>();
        foreach (var dialect in ProviderDialect.All)
        {
            var failing = from scenario in Scenarios.All where scenario.Fault is not null from client in SdkClient.All select RegionOf(scenario, dialect, client);
            foreach (var name in failing.Prepend(dialect.Name))
            {
                var provider = TestPublisher.Provider(name, "eu", dialect.BaseUrl(simulator, name).ToString());
                (provider.Provider.Protocol, provider.Provider.ApiVersion, provider.Provider.Credential.Secret) = (dialect.Protocol, dialect.ApiVersion, "provider");
                var model = TestPublisher.Model(name, name);
                (model.Model.Deployments[0].UpstreamModel, model.Model.ToolsBy) = (dialect.Model, dialect.ToolsBy);
                names.Add(name);
                yield return provider;
                yield return model;
            }

            var embedding = TestPublisher.Model(Embedding(dialect), dialect.Name);
            embedding.Model.Deployments[0].UpstreamModel = dialect.EmbeddingModel;
            names.Add(Embedding(dialect));
            yield return embedding;
        }

        yield return TestPublisher.Tenant("acme", [.. names], "eu");
    }

    private async Task<IReadOnlyList<ExecutionRecord>> RecordsAsync(Column column)
    {
        await reading.WaitAsync();
        try
        {
            foreach (var record in await node.Get<IRecordSpool>().RecordsAsync(records.Count == 0 ? 0 : records.Keys.Last()))
            {
                records[record.Sequence] = record;
            }

            return [.. records.Values.Where(record => record.KeyId == keys[column].Id)];
        }
        finally
        {
            reading.Release();
        }
    }
}
