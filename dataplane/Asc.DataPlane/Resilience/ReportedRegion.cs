using System.Text;
using Asc.DataPlane.Providers;

namespace Asc.DataPlane.Resilience;

/// <summary>Where a provider says that it processed a call: Azure in <c>x-ms-region</c>, with every answer.</summary>
internal static class ReportedRegion
{
    private const int Longest = 64;

    /// <summary>Null where it doesn't say, or nothing that could be a name.</summary>
    public static string? Of(UpstreamHead head) => head["x-ms-region"u8] is { Length: > 0 and <= Longest } value && !value.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        ? Encoding.ASCII.GetString(value)
        : null;
}
