using System.Text.Json;

namespace Asc.Simulator.Mistral.Replies;

/// <summary>Writes content as a list of chunks, as models do that think.</summary>
internal static class ContentJson
{
    public static void WriteThinking(Utf8JsonWriter json, string thinking, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteString("type", "thinking");
        json.WriteStartArray("thinking");
        WriteText(json, thinking);
        json.WriteEndArray();
        if (isWhole)
        {
            json.WriteBoolean("closed", true);
        }

        json.WriteEndObject();
    }

    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
