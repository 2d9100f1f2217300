using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Counts a prompt: four characters a token, three tokens for each message and three for the answer's start.</summary>
internal static class PromptTokens
{
    private const int PerMessage = 3;
    private const int PerAnswer = 3;
    private const int PerMediaPart = 85;

    public static int Of(ChatRequest request) =>
        request.Messages.Sum(OfMessage)
        + (request.Tools is { } tools ? TokenPieces.Estimate(tools.GetRawText().Length) : 0)
        + PerAnswer;

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
