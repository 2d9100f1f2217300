namespace Asc.Simulator.Mistral.Answers;

/// <summary>Cuts a choice to what the request or the model's context has room for.</summary>
internal static class AnswerLimit
{
    /// <param name="choice">What would be said.</param>
    /// <param name="maxTokens">The request's limit; null: none.</param>
    /// <param name="room">What the prompt leaves of the context.</param>
    public static ChatChoice Apply(ChatChoice choice, int? maxTokens, int room)
    {
        var left = Math.Min(maxTokens ?? int.MaxValue, room);
        if (choice.Tokens <= left)
        {
            return choice;
        }

        string[] thinking = [.. choice.Thinking.Take(left)];
        left -= thinking.Length;
        string[] text = [.. choice.Text.Take(left)];
        left -= text.Length;
        var calls = new List<ToolCall>();
        foreach (var call in choice.ToolCalls.TakeWhile(_ => left > 0))
        {
            calls.Add(call with { Arguments = [.. call.Arguments.Take(left - 1)] });
            left -= calls[^1].Tokens;
        }

        return choice with { Thinking = thinking, Text = text, ToolCalls = calls, FinishReason = maxTokens <= room ? FinishReason.Length : FinishReason.ModelLength };
    }
}
