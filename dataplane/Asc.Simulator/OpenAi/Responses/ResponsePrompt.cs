using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>A response's prompt as it is counted and cached: tools, instructions, items.</summary>
internal static class ResponsePrompt
{
    private const int PerItem = 3;
    private const int PerMediaPart = 85;

    public static IEnumerable<PromptPart> Of(JsonElement body, IEnumerable<JsonElement> items)
    {
        if (body.TryGetPresent("tools", out var tools) && tools.GetArrayLength() > 0)
        {
            yield return new PromptPart(tools.GetRawText(), TokenPieces.Estimate(tools.GetRawText().Length));
        }

        if (body.TextOf("instructions") is { } instructions)
        {
            yield return Said(instructions);
        }

        if (body.TextOf("input") is { } text)
        {
            yield return Said(text);
        }

        foreach (var item in items)
        {
            yield return new PromptPart(item.GetRawText(), PerItem + Count(item));
        }
    }

    /// <summary>Somebody's words.</summary>
    public static PromptPart Said(string text) => new(text, PerItem + TokenPieces.Estimate(text.Length));

    private static int Count(JsonElement item) => item.TryGetPresent("content", out var content) && item.TextOf("role") is not null
        ? TokenPieces.Estimate(MessageText.Of(item).Length) + (PerMediaPart * MediaParts(content))
        : TokenPieces.Estimate(item.GetRawText().Length);

    private static int MediaParts(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().Count(part => part.TextOf("type") is "input_image" or "input_file") : 0;
}
