using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire;

/// <summary>What an answer used, as the provider reports it, or counted from what passed where it reports nothing.</summary>
internal sealed class UsageMeter
{
    /// <summary>Roughly what the common tokenizers make of English and code; marked as estimated wherever it is used.</summary>
    public const int BytesPerToken = 4;
    private TokenUsage? reported;
    private TokenUsage? prompt;
    private long? output;
    private long reasoning;
    private long generatedBytes;
    private long generatedPieces;

    /// <summary>What a request body of so many bytes is estimated to cost.</summary>
    public static long PromptTokens(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>What a whole answer is estimated to have used.</summary>
    public static TokenUsage EstimateOf(int promptBytes, int answerBytes) => new(PromptTokens(promptBytes), 0, 0, PromptTokens(answerBytes), 0, Estimated: true);

    public void Report(TokenUsage usage) => reported = usage;

    /// <summary>An event of a stream tells of all of it, or of a part: what comes later holds.</summary>
    public void Report(in StreamEvent told)
    {
        reported = told.Usage ?? reported;
        prompt = told.PromptUsage.After(prompt);
        (output, reasoning) = told.OutputTokens is { } tokens ? (tokens, Math.Min(told.ReasoningTokens, tokens)) : (output, reasoning);
    }

    /// <summary>A piece of generated text passed by.</summary>
    public void CountGenerated(int bytes)
    {
        generatedBytes += bytes;
        generatedPieces++;
    }

    /// <summary>The truth, or the best estimate of it.</summary>
    /// <param name="promptBytes">Length of the request body.</param>
    public TokenUsage Settle(int promptBytes)
    {
        if (reported is { } whole)
        {
            return whole;
        }

        var read = prompt ?? new(PromptTokens(promptBytes), 0, 0, 0, 0, Estimated: true);
        // A streamed piece is a token at least.
        return read with
        {
            Output = output ?? Math.Max(generatedPieces, (generatedBytes + BytesPerToken - 1) / BytesPerToken),
            Reasoning = reasoning,
            Estimated = read.Estimated || output is null,
        };
    }

    public void Reset()
    {
        (reported, prompt, output, reasoning) = (null, null, null, 0);
        generatedBytes = 0;
        generatedPieces = 0;
    }
}
