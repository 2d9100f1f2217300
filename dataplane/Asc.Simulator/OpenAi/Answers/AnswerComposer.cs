using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Works out the answer to a request. The same request gets the same answer, but for ids and time.</summary>
internal sealed class AnswerComposer(SimulatorOptions options, TimeProvider clock)
{
    public ChatAnswer Compose(ChatRequest request) => new(
        WireId.New("chatcmpl-", 29),
        clock.GetUtcNow().ToUnixTimeSeconds(),
        request.Model,
        [.. Enumerable.Range(0, request.Choices).Select(index => ComposeChoice(request, index))],
        PromptTokens.Of(request));

    private ChatChoice ComposeChoice(ChatRequest request, int index)
    {
        var tools = ToolSelection.Of(request);
        return tools.Count > 0 ? CallTools(request, index, tools) : Say(request, index);
    }

    private ChatChoice Say(ChatRequest request, int index)
    {
        var text = StructuredText.Write(request) ?? AnswerText.Write(
            request.LastUserText,
            request.LastRole is "tool" or "function" ? MessageText.Of(request.Messages[^1]) : null,
            options.MinAnswerTokens,
            index == 0 ? "." : $" (choice {index}).");
        var pieces = TokenPieces.Of(StopSequences.Apply(text, request.Stop).Text);
        return pieces.Count > request.MaxTokens
            ? new ChatChoice(index, pieces[..request.MaxTokens], [], FinishReason.Length)
            : new ChatChoice(index, pieces, [], FinishReason.Stop);
    }

    private static ChatChoice CallTools(ChatRequest request, int index, IReadOnlyList<JsonElement> tools)
    {
        var calls = new List<ToolCall>();
        var left = request.MaxTokens;
        var complete = true;
        foreach (var tool in tools.TakeWhile(_ => left > 0))
        {
            var call = ToolCallWriter.Write(tool, request);
            complete = call.Tokens <= left;
            calls.Add(complete ? call : call with { Input = [.. call.Input.Take(left - 1)] });
            left -= calls[^1].Tokens;
        }

        complete &= calls.Count == tools.Count;
        return new ChatChoice(index, [], calls, complete ? FinishReason.ToolCalls : FinishReason.Length);
    }
}
