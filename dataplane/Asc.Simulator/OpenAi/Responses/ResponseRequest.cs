using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>A checked request for a response, as far as an answer depends on it.</summary>
/// <param name="body">The request's.</param>
/// <param name="before">What the input goes on from.</param>
internal sealed class ResponseRequest(JsonElement body, StoredResponse before)
{
    private const string Encrypted = "reasoning.encrypted_content";

    private readonly IReadOnlyList<JsonElement> _items = ItemsOf(body);

    /// <summary>What was sent; a response repeats most of it.</summary>
    public JsonElement Body => body;

    public string Model { get; } = body.TextOf("model")!;

    public bool Stream { get; } = body.IsTrue("stream");

    public bool IsStored { get; } = !body.IsFalse("store");

    /// <summary>Deltas are padded unless the request says otherwise.</summary>
    public bool Obfuscate { get; } = !(body.TryGetPresent("stream_options", out var options) && options.IsFalse("include_obfuscation"));

    /// <summary>Whether reasoning comes in a form that can be sent back.</summary>
    public bool EncryptsReasoning { get; } = Includes(body, Encrypted);

    /// <summary>Whether reasoning is summed up in words.</summary>
    public bool SummarizesReasoning { get; } = body.TryGetPresent("reasoning", out var reasoning) && reasoning.TextOf("summary") is not null;

    public Question Question => new()
    {
        Model = Model,
        UserText = UserText,
        ToolResult = _items is [.., var last] && last.TextOf("type") is "function_call_output" or "custom_tool_call_output" ? OutputText(last) : null,
        Tools = _items.Count == 0 || _items[^1].TextOf("role") == "user" ? ResponseTools.Of(body) : [],
        AllowsParallelCalls = !body.IsFalse("parallel_tool_calls"),
        MaxTokens = body.TryGetPresent("max_output_tokens", out var max) ? max.GetInt32() : int.MaxValue,
        Format = body.TryGetPresent("text", out var text) && text.TryGetPresent("format", out var format) ? Format(format) : null,
        Effort = Effort,
        Prompt = [.. before.Prompt, .. ResponsePrompt.Of(body, _items)],
    };

    private string UserText => body.TextOf("input") ?? MessageText.Of(_items.LastOrDefault(item => item.TextOf("role") == "user"));

    // Who wants to have the reasoning wants there to be some.
    private string? Effort => body.TryGetPresent("reasoning", out var reasoning) ? reasoning.TextOf("effort") ?? "medium" : EncryptsReasoning ? "medium" : null;

    /// <summary>The items of the input; none where it is a string.</summary>
    public static IReadOnlyList<JsonElement> ItemsOf(JsonElement body) =>
        body.TryGetPresent("input", out var input) && input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray()] : [];

    public static bool Includes(JsonElement body, string what) =>
        body.TryGetPresent("include", out var include) && include.EnumerateArray().Any(item => item.GetString() == what);

    private static string OutputText(JsonElement item) => item.TextOf("output")
        ?? string.Join(' ', item.GetProperty("output").EnumerateArray().Select(part => part.TextOf("text")).OfType<string>());

    private static AnswerFormat? Format(JsonElement format) => format.TextOf("type") switch
    {
        "json_schema" => new AnswerFormat(format.GetProperty("schema")),
        "json_object" => new AnswerFormat(null),
        _ => null,
    };
}
