using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary>A checked chat completion request, as far as an answer depends on it.</summary>
internal sealed class ChatRequest(JsonElement body, string model)
{
    public string Model => model;

    public bool Stream { get; } = body.IsTrue("stream");

    public bool IncludeUsage { get; } = body.TryGetPresent("stream_options", out var options) && options.IsTrue("include_usage");

    /// <summary>Chunks are padded unless the request says otherwise.</summary>
    public bool Obfuscate { get; } = !(body.TryGetPresent("stream_options", out var options) && options.IsFalse("include_obfuscation"));

    /// <summary>How many choices are asked for.</summary>
    public int Choices { get; } = body.TryGetPresent("n", out var n) ? n.GetInt32() : 1;

    /// <summary>Upper bound of tokens in each choice.</summary>
    public int MaxTokens { get; } =
        body.TryGetPresent("max_completion_tokens", out var max) || body.TryGetPresent("max_tokens", out max) ? max.GetInt32() : int.MaxValue;

    public IReadOnlyList<string> Stop { get; } = StopSequences.Of(body);

    public IReadOnlyList<JsonElement> Messages { get; } = [.. body.GetProperty("messages").EnumerateArray()];

    public bool ParallelToolCalls { get; } = !body.IsFalse("parallel_tool_calls");

    public JsonElement? Tools { get; } = body.TryGetPresent("tools", out var tools) ? tools : null;

    public JsonElement? ToolChoice { get; } = body.TryGetPresent("tool_choice", out var choice) ? choice : null;

    public JsonElement? ResponseFormat { get; } = body.TryGetPresent("response_format", out var format) ? format : null;

    public string LastRole => Messages[^1].TextOf("role")!;

    public string LastUserText => MessageText.Of(Messages.LastOrDefault(message => message.TextOf("role") == "user"));
}
