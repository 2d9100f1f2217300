namespace Asc.Conformance.Tests.Clients;

/// <summary>What a client speaks: its words for why an answer ended, and how it counts.</summary>
/// <param name="Name">As providers of the same protocol are called.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Path">What its base URL has behind the node's.</param>
/// <param name="CachedIsInput">Whether what the provider had cached is part of the input.</param>
/// <param name="StopSequence">Null: it has none.</param>
internal sealed record ClientProtocol(string Name, string Title, string Path, bool CachedIsInput, string Stop, string? StopSequence, string Length, string ToolCalls, string Refusal)
{
    public static ClientProtocol OpenAi { get; } = new("openai", "OpenAI's chat completions", "", true, "stop", "stop", "length", "tool_calls", "content_filter") { Embeds = true };

    /// <summary>Its status, or why that is incomplete. Calls of tools complete it.</summary>
    public static ClientProtocol Responses { get; } = new("openai", "OpenAI's responses", "", true, "completed", null, "max_output_tokens", "completed", "content_filter");

    public static ClientProtocol Anthropic { get; } = new("anthropic", "Anthropic's messages", "", false, "end_turn", "stop_sequence", "max_tokens", "tool_use", "refusal");

    /// <summary>It has no word for a refusal.</summary>
    public static ClientProtocol Mistral { get; } = new("mistral", "Mistral's chat completions", "/mistral", true, "stop", "stop", "length", "tool_calls", "stop") { Embeds = true };

    /// <summary>Whether its clients embed texts, too.</summary>
    public bool Embeds { get; init; }

    /// <summary>Whether what the scenario asks for can be asked for.</summary>
    public bool Has(Scenario scenario) => (scenario.Ask.Stop is null || StopSequence is not null) && (scenario.Ask.Embeds is null || Embeds);

    /// <summary>What is wrong with how an answer ended; null: nothing.</summary>
    public string? Misends(Ending ending, Heard heard, ProviderDialect provider)
    {
        // Not every provider tells that a stop sequence ended it, and a model may decline in words of their own.
        string?[] expected = ending switch
        {
            Ending.StopSequence => provider.Name == Name ? [StopSequence] : [StopSequence, Stop],
            Ending.Embedded => [null],
            Ending.Length => [Length],
            Ending.ToolCalls => [ToolCalls],
            Ending.Refusal => heard.Refusal is null && provider.Name != Mistral.Name ? [Refusal] : [Refusal, Stop],
            _ => [Stop],
        };
        return expected.Contains(heard.Finish) ? null : $"it ended with {heard.Finish}, not {string.Join(" or ", expected)}";
    }
}
