namespace Asc.ControlPlane.Policies;

/// <summary>Digests as people see them.</summary>
internal static class Digests
{
    public static string Text(ReadOnlySpan<byte> sha256) => sha256.IsEmpty ? "" : $"sha256:{Convert.ToHexStringLower(sha256)}";
}
