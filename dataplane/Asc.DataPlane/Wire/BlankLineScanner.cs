namespace Asc.DataPlane.Wire;

/// <summary>Finds the blank line that ends a message head (RFC 9112, 2.2) or a server-sent event, in bytes that arrive piece by piece. Looks at each byte once.</summary>
internal struct BlankLineScanner
{
    private int scanned;
    private int lineStart;

    /// <summary>How much of <paramref name="received"/> goes through the first blank line; 0 where none has come yet: it is then called again with more behind the same bytes.</summary>
    public int Find(ReadOnlySpan<byte> received)
    {
        while (received[scanned..].IndexOf((byte)'\n') is >= 0 and var offset)
        {
            var newline = scanned + offset;
            var isBlank = newline == lineStart || (newline == lineStart + 1 && received[lineStart] == (byte)'\r');
            scanned = lineStart = newline + 1;
            if (isBlank)
            {
                return scanned;
            }
        }

        scanned = received.Length;
        return 0;
    }
}
