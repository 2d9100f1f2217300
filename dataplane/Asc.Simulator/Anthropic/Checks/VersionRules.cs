using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>What version 2026-10-21 no longer takes in messages: documents that the assistant says, citations that the user makes.</summary>
internal static class VersionRules
{
    public static AnthropicError? Check(RequestTerms terms)
    {
        if (terms.Version == AnthropicVersion.First)
        {
            return null;
        }

        return ValueRules.FirstOf(terms.Messages, (index, message) => message.TextOf("role") switch
        {
            "assistant" => Among(message, index, block => block.TextOf("type") == "document", "`document` blocks are not permitted in `assistant` messages"),
            "user" => Among(message, index, IsCited, "non-empty `citations` are not permitted in `user` messages"),
            _ => null,
        });
    }

    private static AnthropicError? Among(JsonElement message, int index, Func<JsonElement, bool> isWrong, string why)
    {
        var position = MessageContent.Blocks(message).ToList().FindIndex(block => isWrong(block));
        return position < 0 ? null : AnthropicError.At($"messages.{index}.content.{position}", why);
    }

    // A block by itself, or any of those inside a search result or a tool result.
    private static bool IsCited(JsonElement block) =>
        block.TextOf("type") == "text"
            ? block.TryGetPresent("citations", out var citations) && citations.ValueKind == JsonValueKind.Array && citations.GetArrayLength() > 0
            : MessageContent.Blocks(block).Any(IsCited);
}
