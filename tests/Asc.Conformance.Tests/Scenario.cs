using Asc.Simulator.Faults;

namespace Asc.Conformance.Tests;

/// <summary>A conversation, and what must come of it whichever SDK speaks to whichever provider.</summary>
internal sealed record Scenario(string Name, Ask Ask)
{
    public Ending Ending { get; init; } = Ending.Stop;

    /// <summary>How the provider fails.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The code of the error that the client gets, and its status; without one the stream had begun.</summary>
    public (int? Status, string Code)? Failure { get; init; }

    /// <summary>Why there is no such thing outside of streams.</summary>
    public string? StreamOnly { get; init; }

    /// <summary>What is heard beyond the rule; says what is wrong.</summary>
    public Func<Heard, string?> Check { get; init; } = static _ => null;

    /// <summary>The requests it takes.</summary>
    public int Requests => Ask.Results is null ? 1 : 2;

    /// <summary>Part of names where a provider fails.</summary>
    public string Slug => Name.Replace(' ', '-');

    public override string ToString() => Name;
}

/// <summary>Why an answer ends.</summary>
internal enum Ending
{
    Stop,
    StopSequence,
    Length,
    ToolCalls,
    Refusal,

    /// <summary>There is nothing that would end.</summary>
    Embedded,
}
