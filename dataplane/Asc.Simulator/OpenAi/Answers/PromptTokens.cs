using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Counts a chat's prompt: four characters a token, three tokens for each message and three for the answer's start.</summary>
internal static class PromptTokens
{
    private const int PerMessage = 3;
    private const int PerMediaPart = 85;

    /// <summary>For the answer's start; it belongs to no part of the prompt.</summary>
    public const int PerAnswer = 3;

    /// <summary>The tools, which come first, and the messages.</summary>
    public static IEnumerable<PromptPart> Parts(IEnumerable<JsonElement> messages, JsonElement? tools)
    {
        var first = tools is { } all ? new[] { new PromptPart(all.GetRawText(), TokenPieces.Estimate(all.GetRawText().Length)) } : [];
        return first.Concat(messages.Select(message => new PromptPart(message.GetRawText(), OfMessage(message))));
    }

    private static int OfMessage(JsonElement message) =>
        PerMessage
        + TokenPieces.Estimate(MessageText.Of(message).Length)
        + (message.TryGetPresent("tool_calls", out var calls) ? TokenPieces.Estimate(calls.GetRawText().Length) : 0)
        + (PerMediaPart * MediaParts(message));

    private static int MediaParts(JsonElement message) =>
        message.TryGetPresent("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Count(part => part.TextOf("type") is "image_url" or "input_audio" or "file")
            : 0;
}
