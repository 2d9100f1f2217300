namespace Asc.DataPlane.Wire;

/// <summary>What a header can carry (RFC 9110, 5.5): anything else would end the line, or the head.</summary>
internal static class HeaderValue
{
    public static bool CanCarry(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');
}
