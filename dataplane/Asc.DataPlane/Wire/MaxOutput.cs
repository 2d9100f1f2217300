namespace Asc.DataPlane.Wire;

/// <summary>What a request says of how much is to be generated.</summary>
/// <param name="MaxTokens">The value of <c>max_tokens</c>, the older name; null where absent or null.</param>
/// <param name="MaxCompletionTokens">The value of <c>max_completion_tokens</c>; null where absent or null.</param>
/// <param name="Choices">The value of <c>n</c>, each of which may be so long; 0: absent.</param>
/// <param name="Null">Where <c>max_completion_tokens</c>, or what the protocol has for both, says null, so that another value can take its place.</param>
internal readonly record struct MaxOutput(long? MaxTokens, long? MaxCompletionTokens, long Choices, JsonSlice Null)
{
    /// <summary>Of a request that nothing is generated for.</summary>
    public static MaxOutput Nothing { get; } = new(0, null, 0, default);

    /// <summary>The larger of the two; null: the request doesn't say.</summary>
    public long? Asked => (MaxTokens, MaxCompletionTokens) switch
    {
        ({ } older, { } newer) => Math.Max(older, newer),
        (var older, var newer) => older ?? newer,
    };

    /// <summary>The one that counts where both are said; null: the request doesn't say.</summary>
    public long? Told => MaxCompletionTokens ?? MaxTokens;

    /// <summary>The same of <c>max_tokens</c>.</summary>
    public JsonSlice MaxTokensNull { get; init; }

    /// <summary>The field that says it, where it is another than those two; null: one of them.</summary>
    public string? Field { get; init; }

    /// <summary>The field that says it.</summary>
    public string Parameter => Field ?? (MaxCompletionTokens is null || MaxTokens > MaxCompletionTokens ? "max_tokens" : "max_completion_tokens");
}
