using System.Text.Json.Nodes;
using Asc.Simulator.Answers;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Works out one choice: a refusal, calls of tools, or words.</summary>
internal sealed class ChoiceComposer(int minTokens)
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const int FilteredAfter = 8;

    public ChatChoice Compose(Question question, int index)
    {
        var reasoning = Math.Min(Reasoning.TokensOf(question), question.MaxTokens);
        var left = question.MaxTokens - reasoning;
        var isRefused = MagicWords.AskForRefusal(question.UserText);
        var choice = question.Tools.Count > 0 && !isRefused ? CallTools(question, index, left) : Say(question, index, left, isRefused);
        return choice with { ReasoningTokens = reasoning };
    }

    private ChatChoice Say(Question question, int index, int maxTokens, bool isRefused)
    {
        var text = isRefused ? Refusal : Structured(question) ?? AnswerText.Write(
            question.UserText, question.ToolResult, minTokens, index == 0 ? "." : $" (choice {index}).");
        var pieces = TokenPieces.Of(StopSequences.Apply(text, question.Stop).Text);
        var isFiltered = MagicWords.AskForContentFilter(question.UserText) && !isRefused;
        var most = isFiltered ? Math.Min(FilteredAfter, maxTokens) : maxTokens;
        var reason = pieces.Count <= most ? FinishReason.Stop
            : isFiltered && most == FilteredAfter ? FinishReason.ContentFilter
            : FinishReason.Length;
        return new ChatChoice(index, [.. pieces.Take(most)], [], reason) { IsRefusal = isRefused };
    }

    private static string? Structured(Question question)
    {
        if (question.Format is not { } format)
        {
            return null;
        }

        var answer = question.ToolResult ?? question.UserText;
        return format.Schema is { } schema ? JsonText.Fitting(schema, answer) : JsonText.Serialize(new JsonObject { ["answer"] = answer });
    }

    private static ChatChoice CallTools(Question question, int index, int maxTokens)
    {
        var twice = question.AllowsParallelCalls && MagicWords.AskForParallelTools(question.UserText);
        var tools = question.Tools.Take(twice ? 2 : 1).ToList();
        var calls = new List<ToolCall>();
        var left = maxTokens;
        var complete = true;
        foreach (var tool in tools.TakeWhile(_ => left > 0))
        {
            var call = ToolCallWriter.Write(tool, question.UserText);
            complete = call.Tokens <= left;
            calls.Add(complete ? call : call with { Input = [.. call.Input.Take(left - 1)] });
            left -= calls[^1].Tokens;
        }

        complete &= calls.Count == tools.Count;
        return new ChatChoice(index, [], calls, complete ? FinishReason.ToolCalls : FinishReason.Length)
        {
            CallsTakeTurns = MagicWords.AskForInterleavedTools(question.UserText),
        };
    }
}
