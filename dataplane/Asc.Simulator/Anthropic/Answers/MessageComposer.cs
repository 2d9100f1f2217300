using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>Works out the answer to a request. The same request gets the same answer, but for ids and what the cache did.</summary>
internal sealed class MessageComposer(SimulatorOptions options, PromptCache cache)
{
    private const int FilteredAfter = 8;

    /// <param name="request">What is asked.</param>
    /// <param name="account">Whose prompt cache is used.</param>
    public MessageAnswer Compose(MessageRequest request, string account)
    {
        var (blocks, reason, stop) = Say(request);
        var (said, isWhole) = Fit(blocks, request.MaxTokens);
        return new MessageAnswer(
            WireId.New("msg_", 24),
            request.Model.Name,
            said,
            isWhole ? reason : StopReason.MaxTokens,
            isWhole ? stop : null,
            cache.Use(account, request.Model, request.Prompt),
            request.Service);
    }

    private (List<AnswerBlock> Blocks, string Reason, string? Stop) Say(MessageRequest request)
    {
        if (request.MaxTokens == 0)
        {
            return ([], StopReason.MaxTokens, null);
        }

        if (MagicWords.AskForRefusal(request.LastUserText))
        {
            return ([], StopReason.Refusal, null);
        }

        List<AnswerBlock> blocks = request.Thinks ? [Think(request)] : [];
        var tools = ToolUseSelection.Of(request);
        if (tools.Count > 0)
        {
            blocks.AddRange(tools.Select(tool => ToolUseWriter.Write(tool, request)));
            return (blocks, StopReason.ToolUse, null);
        }

        var (text, stop) = StopSequences.Apply(Text(request), request.Stop);
        if (MagicWords.AskForContentFilter(request.LastUserText))
        {
            // Here a filter that steps in is a refusal too; what was said before it stays said.
            blocks.Add(new TextAnswer([.. TokenPieces.Of(text).Take(FilteredAfter)]));
            return (blocks, StopReason.Refusal, null);
        }

        if (text.Length > 0)
        {
            blocks.Add(new TextAnswer(TokenPieces.Of(text)));
        }

        return (blocks, stop is null ? StopReason.EndTurn : StopReason.StopSequence, stop);
    }

    private string Text(MessageRequest request) => request.Schema is { } schema
        ? JsonText.Fitting(schema, request.ToolResult ?? request.LastUserText)
        : AnswerText.Write(request.LastUserText, request.ToolResult, options.MinAnswerTokens);

    private static AnswerBlock Think(MessageRequest request)
    {
        if (MagicWords.AskForRedaction(request.LastUserText))
        {
            return new RedactedAnswer(ThinkingSignature.RedactedData);
        }

        var text = request.ToolResult is { } result
            ? $"The tool has answered: {AnswerText.Echo(result)}. That settles it."
            : $"The user says: {AnswerText.Echo(request.LastUserText)}. A simulator has little to think about that.";
        var conversation = ConversationHash.Before(request.Messages, request.Messages.GetArrayLength());
        var signature = ThinkingSignature.Sign(request.ShowsThinking ? text : "", request.Model.Name, conversation);
        return new ThinkingAnswer(TokenPieces.Of(text), request.ShowsThinking, signature);
    }

    private static (List<AnswerBlock> Blocks, bool IsWhole) Fit(List<AnswerBlock> blocks, int tokens)
    {
        var (said, left) = (new List<AnswerBlock>(blocks.Count), tokens);
        foreach (var block in blocks)
        {
            if (block.Tokens > left)
            {
                if (left > 0)
                {
                    said.Add(block.Truncated(left));
                }

                return (said, false);
            }

            said.Add(block);
            left -= block.Tokens;
        }

        return (said, true);
    }
}
