using System.Text.Json;
using Asc.Simulator.OpenAi.Replies;

namespace Asc.Simulator.Azure;

/// <summary>What the platform's filter found in prompts and in answers.</summary>
internal static class FilterResults
{
    private static readonly string[] Categories = ["hate", "self_harm", "sexual", "violence"];

    /// <summary>As they come with the answers of chats: nothing was found.</summary>
    public static ChatExtras OfChats { get; } = new(WritePrompts, WriteChoice);

    /// <param name="json">Where to.</param>
    /// <param name="filtered">The category in which there was too much; null: none.</param>
    public static void Write(Utf8JsonWriter json, string? filtered)
    {
        json.WriteStartObject();
        foreach (var category in Categories)
        {
            json.WriteStartObject(category);
            json.WriteBoolean("filtered", category == filtered);
            json.WriteString("severity", category == filtered ? "high" : "safe");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePrompts(Utf8JsonWriter json)
    {
        json.WriteStartArray("prompt_filter_results");
        json.WriteStartObject();
        json.WriteNumber("prompt_index", 0);
        json.WritePropertyName("content_filter_results");
        Write(json, null);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteChoice(Utf8JsonWriter json, bool saysSomething)
    {
        json.WritePropertyName("content_filter_results");
        if (saysSomething)
        {
            Write(json, null);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }
}
