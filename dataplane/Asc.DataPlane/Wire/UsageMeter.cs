using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire;

/// <summary>What an answer used, as the provider reports it, or counted from what passed where it reports nothing.</summary>
internal sealed class UsageMeter
{
    // With a quote at either end.
    private const int SampleMaximum = 4096;

    /// <summary>Roughly what the common tokenizers make of English and code; marked as estimated wherever it is used.</summary>
    public const int BytesPerToken = 4;
    private readonly byte[] sample = new byte[SampleMaximum];
    private int sampled;
    private TokenUsage? reported;
    private TokenUsage? prompt;
    private long? output;
    private long reasoning;
    private long generatedBytes;
    private long generatedPieces;

    /// <summary>What a request body of so many bytes is estimated to cost.</summary>
    public static long PromptTokens(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    /// <summary>What a whole answer is estimated to have used.</summary>
    public static TokenUsage EstimateOf(long promptTokens, ReadOnlySpan<byte> answer) => new(promptTokens, 0, 0, GeneratedText.TokensIn(answer), 0, Estimated: true);

    public void Report(TokenUsage usage) => reported = usage;

    /// <summary>An event of a stream tells of all of it, or of a part: what comes later holds.</summary>
    public void Report(in StreamEvent told)
    {
        reported = told.Usage ?? reported;
        prompt = told.PromptUsage.After(prompt);
        (output, reasoning) = told.OutputTokens is { } tokens ? (tokens, Math.Min(told.ReasoningTokens, tokens)) : (output, reasoning);
    }

    /// <summary>Generated text passed by.</summary>
    /// <param name="piece">Some of it, as JSON writes it.</param>
    /// <param name="bytes">How long all of it is, written so.</param>
    public void CountGenerated(ReadOnlySpan<byte> piece, int bytes)
    {
        generatedBytes += bytes;
        generatedPieces++;
        Sample(piece);
    }

    /// <summary>Whether a provider has told how long the prompt is.</summary>
    public bool KnowsPrompt => (reported ?? prompt) is not null;

    /// <summary>The truth, or the best estimate of it.</summary>
    /// <param name="promptEstimate">How long the prompt is, where no provider tells.</param>
    public TokenUsage Settle(long promptEstimate)
    {
        if (reported is { } whole)
        {
            // Some tell it once, before they have generated anything, and never again.
            return whole.Output == 0 && generatedPieces > 0 ? whole with { Output = Math.Max(generatedPieces, GeneratedTokens()), Estimated = true } : whole;
        }

        var read = prompt ?? new(promptEstimate, 0, 0, 0, 0, Estimated: true);
        // A streamed piece is a token at least.
        return read with
        {
            Output = output ?? Math.Max(generatedPieces, GeneratedTokens()),
            Reasoning = reasoning,
            Estimated = read.Estimated || output is null,
        };
    }

    public void Reset()
    {
        (reported, prompt, output, reasoning) = (null, null, null, 0);
        generatedBytes = 0;
        generatedPieces = 0;
        // An exchange is used again: no answer outlives its own.
        sample.AsSpan(0, sampled + 2).Clear();
        sampled = 0;
    }

    // What the answer began with.
    private void Sample(ReadOnlySpan<byte> piece)
    {
        var room = SampleMaximum - 2 - sampled;
        piece = piece.Length > room ? piece[..JsonStringText.WholeCharacters(piece, room)] : piece;
        piece.CopyTo(sample.AsSpan(1 + sampled));
        sampled += piece.Length;
    }

    private long GeneratedTokens()
    {
        if (sampled == 0)
        {
            return PromptTokens(generatedBytes);
        }

        sample[0] = sample[sampled + 1] = (byte)'"';
        return (long)Math.Ceiling(TextSample.TokensIn(sample.AsSpan(0, sampled + 2)) * (double)generatedBytes / sampled);
    }
}
