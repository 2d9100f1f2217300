using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Thinking that a client sends back: as it was said, and where it has to be.</summary>
internal static class ThinkingBlockRules
{
    public static AnthropicError? Check(RequestTerms terms) => CheckSignatures(terms) ?? CheckPresence(terms);

    private static AnthropicError? CheckSignatures(RequestTerms terms) => ValueRules.FirstOf(terms.Messages, (index, message) =>
    {
        var position = 0;
        foreach (var block in MessageContent.Blocks(message))
        {
            var at = $"messages.{index}.content.{position++}";
            var error = block.TextOf("type") switch
            {
                "thinking" => Explain(at, ThinkingSignature.Judge(
                    block.TextOf("signature")!, block.TextOf("thinking")!, terms.Model, () => ConversationHash.Before(terms.Messages, index))),
                "redacted_thinking" when !ThinkingSignature.IsRedacted(block.TextOf("data")!) =>
                    AnthropicError.At(at, "Invalid `data` in `redacted_thinking` block"),
                _ => null,
            };
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    });

    private static AnthropicError? Explain(string at, ThinkingVerdict verdict) => verdict switch
    {
        ThinkingVerdict.Good => null,
        ThinkingVerdict.OtherModel => AnthropicError.At(
            at, "Invalid `signature` in `thinking` block. The block is bound to a different model. Remove the block."),
        ThinkingVerdict.OtherConversation => AnthropicError.At(
            at, "Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block."),
        _ => AnthropicError.At(at, "Invalid `signature` in `thinking` block"),
    };

    // With a budget, the turn that is still going on must begin with the thinking that led to it.
    private static AnthropicError? CheckPresence(RequestTerms terms)
    {
        if (terms.Thinking != "enabled")
        {
            return null;
        }

        var messages = terms.Messages.EnumerateArray().ToList();
        var last = messages.FindLastIndex(message => message.TextOf("role") == "assistant");
        var goesOn = last >= 0 && (last == messages.Count - 1 || MessageContent.HasToolResult(messages[^1]));
        if (!goesOn)
        {
            return null;
        }

        var type = MessageContent.Blocks(messages[last]).Select(block => block.TextOf("type")).FirstOrDefault() ?? "text";
        return type is "thinking" or "redacted_thinking" ? null : AnthropicError.At(
            $"messages.{last}.content.0.type",
            $"Expected `thinking` or `redacted_thinking`, but found `{type}`. When `thinking` is enabled, a final `assistant` message must start "
            + "with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks). "
            + "We recommend you include thinking blocks from previous turns. To avoid this requirement, disable `thinking`.");
    }
}
