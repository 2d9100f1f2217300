using System.Text.Json;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire;

/// <summary>How an answer's stream began: with its first token, with thoughts that may be nobody's to see, or with its end; or not at all.</summary>
/// <param name="Error">Null where it began well.</param>
/// <param name="IsOver">Whether all of the answer has been said.</param>
internal readonly record struct StreamStart(GatewayError? Error, bool IsOver = false)
{
    /// <summary>Null where <paramref name="text"/>, an event, decides nothing yet: a comment, a role, no choices.</summary>
    public static StreamStart? Judge(ReadOnlySpan<byte> text, ProviderDialect dialect, string provider)
    {
        var data = SseEvent.DataOf(text);
        if (data.IsEmpty)
        {
            return null;
        }

        try
        {
            var chunk = dialect.ReadEvent(data);
            return chunk switch
            {
                // The provider's words speak of the operator's account.
                { IsError: true } => new(new GatewayError(ErrorCode.ProviderError, $"{provider} reported an error before it had begun to answer.") { IsOverload = dialect.Complaint(data).IsOfOverload }),
                { GeneratedBytes: > 0 } or { Thinks: true } or { Finished: true } or { IsEnd: true } => new(null, chunk.Finished || chunk.IsEnd),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(new GatewayError(ErrorCode.ProviderError, $"{provider} sent a chunk that is not JSON."));
        }
    }
}
