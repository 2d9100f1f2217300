using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// The provider's own words in an error's body (facts: 2.4): <c>message</c> at the top, a text or what the framework says; or <c>detail</c> alone.
/// </summary>
internal static class MistralErrors
{
    /// <summary>Nothing where there are none.</summary>
    public static ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Of(body, static root => root, static root => root.Member("message"u8) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } nested => ErrorMessage.OfDetail(nested.Member("detail"u8)),
        _ => ErrorMessage.OfDetail(root.Member("detail"u8)),
    });
}
