using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The caller's own bytes, but for the model's name, the request for usage and a bound of the output: written piece by piece, never re-serialised, so that unknown
/// fields, their order and every number arrive as they came.
/// </summary>
internal static class ForwardedChatBody
{
    private static readonly ReadOnlyMemory<byte> Member = ",\"stream_options\":{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Property = "\"include_usage\":true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> PropertyAndMore = "\"include_usage\":true,"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> True = "true"u8.ToArray();

    /// <param name="body">As it came.</param>
    /// <param name="request">What was read of it.</param>
    /// <param name="upstreamModelJson">What the provider calls the model.</param>
    /// <param name="injectUsage">Whether usage is asked for in the caller's stead.</param>
    /// <param name="bound">Says how long the answer may be where the caller doesn't.</param>
    public static BodyPieces Of(ReadOnlyMemory<byte> body, in ModelRequest request, ReadOnlyMemory<byte> upstreamModelJson, bool injectUsage, in BodyEdit bound) => BodyEdits.Apply(
        body, BodyEdit.At(request.Model, upstreamModelJson), injectUsage ? UsageEdit(body.Span, request) : BodyEdit.None(body), bound);

    private static BodyEdit UsageEdit(ReadOnlySpan<byte> body, in ModelRequest request)
    {
        if (!request.IncludeUsage.IsEmpty)
        {
            return new(request.IncludeUsage.Start, request.IncludeUsage.End, True);
        }

        if (request.StreamOptions.IsEmpty)
        {
            // The body has a model at least, so there is a member to follow.
            return new(request.End, request.End, Member);
        }

        var options = request.StreamOptions.Of(body);
        if (options[0] != (byte)'{')
        {
            return new(request.StreamOptions.Start, request.StreamOptions.End, Options);
        }

        var inside = request.StreamOptions.Start + 1;
        return new(inside, inside, options[1..^1].ContainsAnyExcept(" \t\r\n"u8) ? PropertyAndMore : Property);
    }
}
