using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// The provider's own words in an error's body (facts: 2.4): <c>message</c> at the top, a text or what the framework says; or <c>detail</c> alone, a sentence or
/// a list of problems with their places. What a client sent is not repeated.
/// </summary>
internal static class MistralErrors
{
    /// <summary>Nothing where there are none.</summary>
    public static ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Of(body, static root => root, static root => root.Member("message"u8) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } nested => OfDetail(nested.Member("detail"u8)),
        _ => OfDetail(root.Member("detail"u8)),
    });

    private static string? OfDetail(JsonElement detail) => detail.ValueKind switch
    {
        JsonValueKind.String => detail.GetString(),
        JsonValueKind.Array => string.Join("; ", detail.EnumerateArray().Select(OfProblem).OfType<string>()) is { Length: > 0 } all ? all : null,
        _ => null,
    };

    private static string? OfProblem(JsonElement problem)
    {
        if (problem.Member("msg"u8) is not { ValueKind: JsonValueKind.String } message)
        {
            return null;
        }

        var place = problem.Member("loc"u8) is { ValueKind: JsonValueKind.Array } steps ? string.Join('.', steps.EnumerateArray().Select(static step => step.ToString())) : "";
        return place.Length > 0 ? $"{place}: {message.GetString()}" : message.GetString();
    }
}
