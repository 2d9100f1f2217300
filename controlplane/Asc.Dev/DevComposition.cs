namespace Asc.Dev;

/// <summary>What a test composes otherwise. The program itself uses <see cref="Default"/>.</summary>
internal sealed record DevComposition
{
    public static DevComposition Default { get; } = new();

    /// <summary>The nodes: name, region, and offset of the clients' port from the base.</summary>
    public IReadOnlyList<(string Name, string Region, int PortOffset)> Nodes { get; init; } = [("eu-1", "eu", 10), ("us-1", "us", 20)];

    /// <summary>Where all hosts log; null: warnings to standard error.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>Changes a node's composition.</summary>
    public Action<string, WebApplicationBuilder>? Node { get; init; }

    /// <summary>Changes the simulator's pace.</summary>
    public Func<Simulator.SimulatorOptions, Simulator.SimulatorOptions> Simulator { get; init; } = options => options;
}
