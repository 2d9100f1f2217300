using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary>A checked chat completion request, as far as an answer depends on it.</summary>
internal sealed class ChatRequest(JsonElement body, string model)
{
    private readonly IReadOnlyList<JsonElement> _messages = [.. body.GetProperty("messages").EnumerateArray()];

    public string Model => model;

    public bool Stream { get; } = body.IsTrue("stream");

    public bool IncludeUsage { get; } = body.TryGetPresent("stream_options", out var options) && options.IsTrue("include_usage");

    /// <summary>Chunks are padded unless the request says otherwise.</summary>
    public bool Obfuscate { get; } = !(body.TryGetPresent("stream_options", out var options) && options.IsFalse("include_obfuscation"));

    /// <summary>What the user said last.</summary>
    public string LastUserText => MessageText.Of(_messages.LastOrDefault(message => message.TextOf("role") == "user"));

    public Question Question
    {
        get
        {
            JsonElement? tools = body.TryGetPresent("tools", out var offered) ? offered : null;
            var lastRole = _messages[^1].TextOf("role");
            return new Question
            {
                Model = model,
                UserText = LastUserText,
                ToolResult = lastRole is "tool" or "function" ? MessageText.Of(_messages[^1]) : null,
                Tools = lastRole == "user" ? ChatTools.Of(tools, body.TryGetPresent("tool_choice", out var choice) ? choice : null) : [],
                AllowsParallelCalls = !body.IsFalse("parallel_tool_calls"),
                Choices = body.TryGetPresent("n", out var n) ? n.GetInt32() : 1,
                MaxTokens = body.TryGetPresent("max_completion_tokens", out var max) || body.TryGetPresent("max_tokens", out max) ? max.GetInt32() : int.MaxValue,
                Stop = StopSequences.Of(body),
                Format = Format(),
                Effort = body.TextOf("reasoning_effort"),
                Prompt = [.. PromptTokens.Parts(_messages, tools)],
            };
        }
    }

    private AnswerFormat? Format() =>
        !body.TryGetPresent("response_format", out var format) || format.TextOf("type") is not ("json_object" or "json_schema") ? null
        : format.TryGetPresent("json_schema", out var named) && named.TryGetPresent("schema", out var schema) ? new AnswerFormat(schema)
        : new AnswerFormat(null);
}
