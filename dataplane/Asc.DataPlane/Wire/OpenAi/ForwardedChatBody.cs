using System.Net;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The caller's own bytes, but for the model's name and the request for usage: written piece by piece, never re-serialised, so that unknown
/// fields, their order and every number arrive as they came.
/// </summary>
internal sealed class ForwardedChatBody : HttpContent
{
    private static readonly ReadOnlyMemory<byte> Member = ",\"stream_options\":{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Property = "\"include_usage\":true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> PropertyAndMore = "\"include_usage\":true,"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> True = "true"u8.ToArray();
    private readonly ReadOnlyMemory<byte> body;
    private readonly Edit first;
    private readonly Edit second;

    public ForwardedChatBody(ReadOnlyMemory<byte> body, in ChatRequest request, ReadOnlyMemory<byte> upstreamModelJson, bool injectUsage)
    {
        this.body = body;
        var model = new Edit(request.Model.Start, request.Model.End, upstreamModelJson);
        var usage = injectUsage ? UsageEdit(body.Span, request) : new Edit(body.Length, body.Length, default);
        (first, second) = model.Start < usage.Start ? (model, usage) : (usage, model);
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <summary>Whether any of it may have left.</summary>
    public bool HasBegun { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        await stream.WriteAsync(body[..first.Start], cancellationToken);
        await stream.WriteAsync(first.Replacement, cancellationToken);
        await stream.WriteAsync(body[first.End..second.Start], cancellationToken);
        await stream.WriteAsync(second.Replacement, cancellationToken);
        await stream.WriteAsync(body[second.End..], cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length + first.Growth + second.Growth;
        return true;
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

    private readonly record struct Edit(int Start, int End, ReadOnlyMemory<byte> Replacement)
    {
        public int Growth => Replacement.Length - (End - Start);
    }
}
