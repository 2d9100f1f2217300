using System.Text.Json;
using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Claude;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic;

/// <summary>A checked request, as far as an answer depends on it.</summary>
internal sealed class MessageRequest(JsonElement body, ClaudeModel model)
{
    public ClaudeModel Model => model;

    public Prompt Prompt { get; } = Prompt.Of(body);

    public bool Stream { get; } = body.IsTrue("stream");

    /// <summary>Upper bound of tokens in the answer, thinking included.</summary>
    public int MaxTokens { get; } = body.GetProperty("max_tokens").GetInt32();

    public IReadOnlyList<string> Stop { get; } =
        body.TryGetPresent("stop_sequences", out var stops) ? [.. stops.EnumerateArray().Select(stop => stop.GetString()!)] : [];

    public JsonElement Messages { get; } = body.GetProperty("messages");

    public IReadOnlyList<JsonElement> Tools { get; } = body.TryGetPresent("tools", out var tools) ? [.. tools.EnumerateArray()] : [];

    public JsonElement? ToolChoice { get; } = body.TryGetPresent("tool_choice", out var choice) ? choice : null;

    /// <summary>The schema of a structured answer; null: plain text.</summary>
    public JsonElement? Schema { get; } =
        body.TryGetPresent("output_config", out var config) && config.TryGetPresent("format", out var format) ? format.GetProperty("schema") : null;

    /// <summary>How the answer is computed, as <c>usage</c> tells it.</summary>
    public ServedBy Service { get; } = new(
        model.TakesInferenceGeo ? body.TextOf("inference_geo") ?? "global" : "not_available", body.TextOf("speed") ?? "standard");

    /// <summary>Whether a thinking block comes first. Where thinking is the model's habit, a forced tool still goes without.</summary>
    public bool Thinks { get; } = Kind(body) switch
    {
        "enabled" or "adaptive" => true,
        null => model.ThinksUnasked && !Checks.ToolChoice.Forces(body),
        _ => false,
    };

    public bool ShowsThinking { get; } =
        body.TryGetPresent("thinking", out var thinking) && thinking.TextOf("display") is { } display ? display == "summarized" : model.ShowsThinking;

    /// <summary>Whether the last message is the beginning of the answer.</summary>
    public bool IsPrefilled => Messages.EnumerateArray().Last().TextOf("role") == "assistant";

    /// <summary>What the user said last in words.</summary>
    public string LastUserText => MessageContent.Text(OfUser.LastOrDefault(message => MessageContent.Text(message).Length > 0));

    /// <summary>What a tool answered in the last message; null if none did.</summary>
    public string? ToolResult => OfUser.LastOrDefault() is { ValueKind: JsonValueKind.Object } last && MessageContent.HasToolResult(last)
        ? string.Join(' ', MessageContent.Blocks(last).Where(block => block.TextOf("type") == "tool_result").Select(MessageContent.Text))
        : null;

    private IEnumerable<JsonElement> OfUser => Messages.EnumerateArray().Where(message => message.TextOf("role") == "user");

    private static string? Kind(JsonElement body) => body.TryGetPresent("thinking", out var thinking) ? thinking.TextOf("type") : null;
}
