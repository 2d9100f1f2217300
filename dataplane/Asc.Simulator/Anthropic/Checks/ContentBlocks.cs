using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>The content of a message: text, or blocks of the kinds that its role may have.</summary>
internal static class ContentBlocks
{
    private static readonly string[] Anybodys = ["text", "image", "document", "search_result"];
    private static readonly string[] AssistantsOnly = ["thinking", "redacted_thinking", "tool_use", "server_tool_use"];

    // What the API's own tools did is let through unread: the simulator never says such things itself.
    private static readonly string[] Unread =
    [
        "server_tool_use", "web_search_tool_result", "web_fetch_tool_result", "code_execution_tool_result",
        "bash_code_execution_tool_result", "text_editor_code_execution_tool_result", "tool_search_tool_result", "container_upload",
    ];

    private static readonly Union Kinds = new(
    [
        ("text", TextBlock.Check),
        ("image", ImageBlock.Check),
        ("document", DocumentBlock.Check),
        ("search_result", SearchResultBlock.Check),
        ("thinking", new Shape(
            new Field("type", ValueRules.Text, Required: true),
            new Field("thinking", ValueRules.Text, Required: true),
            new Field("signature", ValueRules.Text, Required: true)).Check),
        ("redacted_thinking", new Shape(
            new Field("type", ValueRules.Text, Required: true),
            new Field("data", ValueRules.Text, Required: true)).Check),
        ("tool_use", ToolBlocks.CheckUse),
        ("tool_result", ToolBlocks.CheckResult),
        .. Unread.Select(tag => (tag, (ValueRule)ValueRules.Object)),
    ]);

    public static AnthropicError? Check(string path, string role, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return null;
        }

        if (role == "system")
        {
            return TextBlock.List(path, content);
        }

        return ValueRules.ListOf(Kinds.Check)(path, content)
            ?? ValueRules.FirstOf(content, (index, block) => Misplaced(role, block.TextOf("type")!) is { } only
                ? AnthropicError.At($"{path}.{index}", $"`{block.TextOf("type")}` blocks can only be in `{only}` messages")
                : null);
    }

    // The role that may have such a block, if the one that has it may not.
    private static string? Misplaced(string role, string type) =>
        Anybodys.Contains(type) ? null
        : role == "user" && AssistantsOnly.Contains(type) ? "assistant"
        : role == "assistant" && type == "tool_result" ? "user"
        : null;
}
