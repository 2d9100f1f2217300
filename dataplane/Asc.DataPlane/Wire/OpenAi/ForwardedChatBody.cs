using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The caller's own bytes, but for the model's name and the request for usage: written piece by piece, never re-serialised, so that unknown
/// fields, their order and every number arrive as they came.
/// </summary>
internal static class ForwardedChatBody
{
    private static readonly ReadOnlyMemory<byte> Member = ",\"stream_options\":{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Property = "\"include_usage\":true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> PropertyAndMore = "\"include_usage\":true,"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> True = "true"u8.ToArray();

    public static BodyPieces Of(ReadOnlyMemory<byte> body, in ChatRequest request, ReadOnlyMemory<byte> upstreamModelJson, bool injectUsage)
    {
        var model = new Edit(request.Model.Start, request.Model.End, upstreamModelJson);
        var usage = injectUsage ? UsageEdit(body.Span, request) : new Edit(body.Length, body.Length, default);
        var (first, second) = model.Start < usage.Start ? (model, usage) : (usage, model);
        var pieces = default(BodyPieces);
        pieces[0] = body[..first.Start];
        pieces[1] = first.Replacement;
        pieces[2] = body[first.End..second.Start];
        pieces[3] = second.Replacement;
        pieces[4] = body[second.End..];
        return pieces;
    }

    private static Edit UsageEdit(ReadOnlySpan<byte> body, in ChatRequest request)
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

    private readonly record struct Edit(int Start, int End, ReadOnlyMemory<byte> Replacement);
}
