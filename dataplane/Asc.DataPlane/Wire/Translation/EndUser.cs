using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>For whom the application asks.</summary>
/// <param name="Id">A string; undefined where that isn't said.</param>
/// <param name="IsOpenAis">Whether OpenAI is who was to be told.</param>
internal readonly record struct EndUser(JsonElement Id, bool IsOpenAis)
{
    // What OpenAI takes.
    private const int Longest = 64;

    /// <summary>As OpenAI's requests say it, by the newer name or the older.</summary>
    public static EndUser OfOpenAi(JsonElement body) =>
        new(body.OptionalString("safety_identifier"u8, "safety_identifier") is var id && id.Exists() ? id : body.OptionalString("user"u8, "user"), IsOpenAis: true);

    /// <summary>Tells another provider than the application had in mind that it is the same one.</summary>
    public void WriteHashed(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        if (Id.IsText())
        {
            writer.WriteString(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id.GetString()!))));
        }
    }

    /// <summary>Tells OpenAI.</summary>
    public void WriteToOpenAi(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        if (IsOpenAis && (!Id.Exists() || Id.GetString()!.Length <= Longest))
        {
            writer.WriteAsRead(name, Id);
        }
        else
        {
            WriteHashed(writer, name);
        }
    }
}
