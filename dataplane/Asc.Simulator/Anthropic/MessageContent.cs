using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic;

/// <summary>The content of messages and of blocks that hold others, whether it is a string or blocks.</summary>
internal static class MessageContent
{
    /// <summary>The blocks right inside a message, a tool result or a search result; none where the content is a string.</summary>
    public static IEnumerable<JsonElement> Blocks(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetPresent("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Where(block => block.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>All blocks of all messages in their order, each before those that it holds.</summary>
    public static IEnumerable<JsonElement> All(JsonElement messages) => messages.EnumerateArray().SelectMany(Inside);

    /// <summary>The text in a message or a block that holds others; none where there is no such thing.</summary>
    public static string Text(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetPresent("content", out var content) && content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Join(' ', Blocks(holder).Select(block => block.TextOf("text")).OfType<string>());

    /// <summary>The text that a message ends with; null if it ends with something else.</summary>
    public static string? LastText(JsonElement message) =>
        message.TextOf("content")
        ?? (Blocks(message).LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.TextOf("type") == "text" ? last.TextOf("text") : null);

    public static bool IsEmpty(JsonElement message) =>
        message.GetProperty("content") is var content
        && (content.ValueKind == JsonValueKind.String ? content.GetString()!.Length == 0 : content.GetArrayLength() == 0);

    public static bool HasToolResult(JsonElement message) => Blocks(message).Any(block => block.TextOf("type") == "tool_result");

    private static IEnumerable<JsonElement> Inside(JsonElement holder)
    {
        foreach (var block in Blocks(holder))
        {
            yield return block;
            foreach (var inner in Inside(block.TextOf("type") == "document" && block.TryGetPresent("source", out var source) ? source : block))
            {
                yield return inner;
            }
        }
    }
}
