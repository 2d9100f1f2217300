using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAiCompatible;

/// <summary>
/// The words in an error's body of a server that resembles OpenAI: where OpenAI has them; or without the wrapper (vLLM), as <c>error</c> itself (TGI), as <c>detail</c> (whatever is made with FastAPI).
/// </summary>
internal static class CompatibleErrors
{
    /// <summary>Nothing where there are none.</summary>
    public static ProviderComplaint Complaint(ReadOnlySpan<byte> body) => ErrorMessage.Of(
        body,
        static root => root.Member("error"u8) is { ValueKind: JsonValueKind.Object } nested ? nested : root,
        static error => error.Member("message"u8).AsText() ?? error.Member("error"u8).AsText() ?? ErrorMessage.OfDetail(error.Member("detail"u8)));
}
