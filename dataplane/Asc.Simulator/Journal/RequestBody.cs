namespace Asc.Simulator.Journal;

/// <summary>Reads a request body whole, without copying twice where its length is known.</summary>
internal static class RequestBody
{
    /// <summary>Bytes; larger bodies are refused with 413.</summary>
    public const int MaxSize = 64 * 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentLength is { } length and <= MaxSize)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, aborted);
            return exact;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, aborted);
        return buffer.ToArray();
    }
}
