using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Answers;

/// <summary>The text of a message, whether its content is a string or parts.</summary>
internal static class MessageText
{
    public static string Of(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetPresent("content", out var content))
        {
            return "";
        }

        return content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Join(' ', content.EnumerateArray().Select(part => part.TextOf("text")).OfType<string>());
    }
}
