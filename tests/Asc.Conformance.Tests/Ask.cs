using System.Text.Json.Nodes;

namespace Asc.Conformance.Tests;

/// <summary>What an application asks for, in no protocol's words. What is absent isn't sent.</summary>
internal sealed record Ask(string User)
{
    public string? System { get; init; }

    /// <summary>A PNG, in base64.</summary>
    public string? Image { get; init; }

    public IReadOnlyList<AskedTool>? Tools { get; init; }

    /// <summary>What the tools answer, in the order of their calls, after which the model is asked again.</summary>
    public IReadOnlyList<string>? Results { get; init; }

    /// <summary>The schema of the answer, given to the SDK's own way of structured output.</summary>
    public JsonObject? Schema { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>Texts to embed, instead of all else.</summary>
    public IReadOnlyList<string>? Embeds { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>Whether the application leaves: a stream when it has heard the first of it, else while it waits.</summary>
    public bool Leaves { get; init; }
}

internal sealed record AskedTool(string Name, string Description, JsonObject Parameters);
