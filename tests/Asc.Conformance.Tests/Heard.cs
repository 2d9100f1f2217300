using System.Text.Json.Nodes;

namespace Asc.Conformance.Tests;

/// <summary>What an SDK gave to its application.</summary>
internal sealed record Heard
{
    /// <summary>The pieces in which a stream's text came.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    /// <summary>The request's id; null where the SDK doesn't give it.</summary>
    public string? RequestId { get; init; }

    public string Text { get; init; } = "";

    public string? Refusal { get; init; }

    public IReadOnlyList<HeardCall> Calls { get; init; } = [];

    /// <summary>What texts were embedded as.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Vectors { get; init; } = [];

    /// <summary>The structured answer.</summary>
    public JsonNode? Parsed { get; init; }

    /// <summary>Why it ended, in the protocol's words.</summary>
    public string? Finish { get; init; }

    /// <summary>The stop sequence that ended it, where the protocol tells.</summary>
    public string? Stop { get; init; }

    public HeardUsage? Usage { get; init; }

    public HeardError? Error { get; init; }
}

internal sealed record HeardCall(string Name, JsonObject Input);

/// <param name="Input">As the protocol counts it: with what was cached, or without.</param>
internal sealed record HeardUsage(long Input, long Cached, long Output)
{
    /// <summary>What was written to a cache, where that is told beside the input.</summary>
    public long Written { get; init; }

    /// <summary>However much of it was cached, or is now.</summary>
    public long InputAtLeast => Math.Max(Input, Cached + Written);
}

/// <param name="Class">The name of the exception's class.</param>
internal sealed record HeardError(string Class, string Message)
{
    public int? Status { get; init; }

    public string? Code { get; init; }

    public string? RequestId { get; init; }
}
