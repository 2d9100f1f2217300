using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary>A checked chat completion request, as far as an answer depends on it.</summary>
internal sealed class ChatRequest(JsonElement body, MistralModel model)
{
    public MistralModel Model => model;

    public bool Stream { get; } = body.IsTrue("stream");

    public int PromptTokens { get; } = Answers.PromptTokens.Of(body);

    /// <summary>What the prompt cache is asked by; null: it is not.</summary>
    public string? CacheKey { get; } = body.TextOf("prompt_cache_key");

    /// <summary>The prompt as it is cached.</summary>
    public IEnumerable<PromptPart> Prompt => Messages.Select(message => new PromptPart(message.GetRawText(), Answers.PromptTokens.OfMessage(message)));

    /// <summary>How many choices are asked for.</summary>
    public int Choices { get; } = body.TryGetPresent("n", out var n) ? n.GetInt32() : 1;

    /// <summary>Upper bound of tokens in each choice, thinking included; null: none but the model's.</summary>
    public int? MaxTokens { get; } = body.TryGetPresent("max_tokens", out var max) ? max.GetInt32() : null;

    public IReadOnlyList<string> Stop { get; } = StopSequences.Of(body);

    public IReadOnlyList<JsonElement> Messages { get; } = [.. body.GetProperty("messages").EnumerateArray()];

    public IReadOnlyList<JsonElement> Tools { get; } = body.TryGetPresent("tools", out var tools) ? [.. tools.EnumerateArray()] : [];

    /// <summary>A word, or an object that names a tool.</summary>
    public JsonElement? ToolChoice { get; } = body.TryGetPresent("tool_choice", out var choice) ? choice : null;

    public bool ParallelToolCalls { get; } = !body.IsFalse("parallel_tool_calls");

    /// <summary>Whether the answer begins with thinking.</summary>
    public bool Reasons { get; } = body.TextOf("reasoning_effort") switch
    {
        null => model.ReasonsUnasked || body.TextOf("prompt_mode") is not null,
        "none" => false,
        _ => true,
    };

    public JsonElement? ResponseFormat { get; } = body.TryGetPresent("response_format", out var format) ? format : null;

    /// <summary>What the answer begins with, because the client says so.</summary>
    public string Prefix => LastRole == "assistant" ? MessageText.Of(Messages[^1]) : "";

    public string LastRole => Messages[^1].TextOf("role")!;

    public string LastUserText => MessageText.Of(Messages.LastOrDefault(message => message.TextOf("role") == "user"));

    /// <summary>What a tool answered last; null if somebody else had the last word.</summary>
    public string? ToolResult => LastRole == "tool" ? MessageText.Of(Messages[^1]) : null;
}
