using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Answers;

/// <summary>Counts a prompt: four characters a token, three tokens for each message and one for the answer's start.</summary>
internal static class PromptTokens
{
    private const int PerMessage = 3;
    private const int PerAnswer = 1;
    private const int PerMediaChunk = 85;

    public static int Of(string text) => TokenPieces.Estimate(text.Length);

    public static int Of(JsonElement body) =>
        body.GetProperty("messages").EnumerateArray().Sum(OfMessage)
        + (body.TryGetPresent("tools", out var tools) ? TokenPieces.Estimate(tools.GetRawText().Length) : 0)
        + PerAnswer;

    public static int OfMessage(JsonElement message) =>
        PerMessage
        + Of(MessageText.Of(message))
        + (message.TryGetPresent("tool_calls", out var calls) ? TokenPieces.Estimate(calls.GetRawText().Length) : 0)
        + (message.TryGetPresent("content", out var content) && content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().Sum(OfChunk) : 0);

    private static int OfChunk(JsonElement chunk) => chunk.TextOf("type") switch
    {
        "text" => 0,
        "thinking" or "reference" => TokenPieces.Estimate(chunk.GetRawText().Length),
        _ => PerMediaChunk,
    };
}
