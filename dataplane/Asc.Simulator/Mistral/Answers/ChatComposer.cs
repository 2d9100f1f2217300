using System.Text.Json;
using System.Text.Json.Nodes;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral.Answers;

/// <summary>Works out the answer to a request. The same request gets the same answer, but for ids and time.</summary>
internal sealed class ChatComposer(SimulatorOptions options, PrefixCache cache, TimeProvider clock)
{
    private const int IdLength = 9;
    private const int FilteredAfter = 8;

    /// <param name="request">What is asked.</param>
    /// <param name="account">Whose prompt cache is used.</param>
    public ChatAnswer Compose(ChatRequest request, string account)
    {
        var choices = Enumerable.Range(0, request.Choices).Select(index => ComposeChoice(request, index));
        var cached = request.CacheKey is { } key ? cache.Use($"{account} {request.Model.Name} {key}", request.Prompt).Read : 0;
        return Answer(request.Model, [.. choices], request.PromptTokens, request.Reasons) with { CachedTokens = cached };
    }

    public ChatAnswer Compose(FimRequest request)
    {
        var text = AnswerText.Write(request.Prompt, null, Math.Max(options.MinAnswerTokens, request.MinTokens));
        var pieces = TokenPieces.Of(StopSequences.Apply(text, request.Stop).Text);
        var choice = new ChatChoice(0, [], pieces, [], FinishReason.Stop);
        return Answer(request.Model, [AnswerLimit.Apply(choice, request.MaxTokens, request.Model.ContextLength - request.PromptTokens)], request.PromptTokens, false);
    }

    private ChatAnswer Answer(MistralModel model, IReadOnlyList<ChatChoice> choices, int promptTokens, bool isReasoned) => new(
        Guid.NewGuid().ToString("N"), clock.GetUtcNow().ToUnixTimeSeconds(), model, choices, promptTokens, 0, isReasoned);

    private ChatChoice ComposeChoice(ChatRequest request, int index)
    {
        List<string> thinking = request.Reasons
            ? TokenPieces.Of($"The user says: {AnswerText.Echo(request.LastUserText)}. A simulator has little to think about that.")
            : [];
        var tools = ToolSelection.Of(request);
        var choice = tools.Count > 0
            ? new ChatChoice(index, thinking, [], [.. tools.Select(tool => Call(tool, request.LastUserText))], FinishReason.ToolCalls)
            : Say(request, index, thinking);
        return AnswerLimit.Apply(choice, request.MaxTokens, request.Model.ContextLength - request.PromptTokens);
    }

    private static ToolCall Call(JsonElement tool, string userText) => new(
        WireId.New("", IdLength),
        ToolSelection.Name(tool),
        TokenPieces.Of(JsonText.Arguments(tool.GetProperty("function").GetProperty("parameters"), userText)));

    private ChatChoice Say(ChatRequest request, int index, IReadOnlyList<string> thinking)
    {
        if (MagicWords.AskForRefusal(request.LastUserText))
        {
            // The API has no word for it: a model that declines does so in the words of its answer.
            return new ChatChoice(index, thinking, TokenPieces.Of("I can't help with that."), [], FinishReason.Stop);
        }

        var text = Structured(request) ?? AnswerText.Write(
            request.LastUserText, request.ToolResult, options.MinAnswerTokens, index == 0 ? "." : $" (choice {index}).");
        var pieces = TokenPieces.Of(request.Prefix + StopSequences.Apply(text, request.Stop).Text);
        return MagicWords.AskForContentFilter(request.LastUserText)
            ? new ChatChoice(index, thinking, [.. pieces.Take(FilteredAfter)], [], FinishReason.Error)
            : new ChatChoice(index, thinking, pieces, [], FinishReason.Stop);
    }

    private static string? Structured(ChatRequest request)
    {
        if (request.ResponseFormat is not { } format || format.TextOf("type") is not ("json_object" or "json_schema"))
        {
            return null;
        }

        var answer = request.ToolResult ?? request.LastUserText;
        return format.TryGetPresent("json_schema", out var named)
            ? JsonText.Fitting(named.GetProperty("schema"), answer)
            : JsonText.Serialize(new JsonObject { ["answer"] = answer });
    }
}
