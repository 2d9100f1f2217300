using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire;

/// <summary>What an answer used, as the provider reports it, or counted from what passed where it reports nothing.</summary>
internal sealed class UsageMeter
{
    /// <summary>Roughly what the common tokenizers make of English and code; marked as estimated wherever it is used.</summary>
    public const int BytesPerToken = 4;
    private TokenUsage? reported;
    private long generatedBytes;
    private long generatedPieces;

    /// <summary>What a request body of so many bytes is estimated to cost.</summary>
    public static long PromptTokens(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    public void Report(TokenUsage usage) => reported = usage;

    /// <summary>A piece of generated text passed by.</summary>
    public void CountGenerated(int bytes)
    {
        generatedBytes += bytes;
        generatedPieces++;
    }

    /// <summary>The truth, or the best estimate of it.</summary>
    /// <param name="promptBytes">Length of the request body.</param>
    public TokenUsage Settle(int promptBytes) =>
        reported ?? new(
            Input: PromptTokens(promptBytes),
            CachedRead: 0,
            CacheWrite: 0,
            // A streamed piece is a token at least.
            Output: Math.Max(generatedPieces, (generatedBytes + BytesPerToken - 1) / BytesPerToken),
            Reasoning: 0,
            Estimated: true);

    public void Reset()
    {
        reported = null;
        generatedBytes = 0;
        generatedPieces = 0;
    }
}
