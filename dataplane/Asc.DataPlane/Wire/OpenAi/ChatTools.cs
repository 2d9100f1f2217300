using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>, OpenAI's and of those that resemble it.</summary>
internal static class ChatTools
{
    /// <param name="anyTool">How it is said that one of them must be called.</param>
    /// <param name="noArguments">The schema of a tool that takes none; empty: there needs to be none.</param>
    /// <param name="takesAsStrict">Whether a schema can be strict.</param>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target, ReadOnlySpan<byte> anyTool, ReadOnlySpan<byte> noArguments, Predicate<JsonElement> takesAsStrict)
    {
        if (said.Tools.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in said.Tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteAsRead("name"u8, tool.Name);
            writer.WriteAsRead("description"u8, tool.Description);
            WriteSchema(writer, tool.Schema, noArguments);
            if (IsStrict(tool, said, takesAsStrict) is { } isStrict)
            {
                writer.WriteBoolean("strict"u8, isStrict);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteChoice(writer, said.ToolChoice, anyTool, mayForce: target.Carries(RequestFeatures.ForcedTools));
        if (said.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    /// <summary>Whether a tool's arguments are to be held to its schema, which OpenAI refuses of some that others take (facts: 3.4); null: nothing is said of it.</summary>
    public static bool? IsStrict(ToolDeclaration tool, Conversation said, Predicate<JsonElement> takesAsStrict)
    {
        if (tool.IsStrict == false || (tool.IsStrict is null && !said.HasStrictTools))
        {
            return tool.IsStrict;
        }

        var canBe = tool.Schema.Exists() && takesAsStrict(tool.Schema);
        said.Lost |= tool.IsStrict == true && !canBe ? RequestFeatures.StrictTools : RequestFeatures.None;
        return canBe ? true : tool.IsStrict is null ? null : false;
    }

    private static void WriteSchema(Utf8JsonWriter writer, JsonElement schema, ReadOnlySpan<byte> noArguments)
    {
        if (schema.Exists() || noArguments.IsEmpty)
        {
            writer.WriteAsRead("parameters"u8, schema);
            return;
        }

        writer.WritePropertyName("parameters"u8);
        writer.WriteRawValue(noArguments, skipInputValidation: true);
    }

    private static void WriteChoice(Utf8JsonWriter writer, ToolChoice choice, ReadOnlySpan<byte> anyTool, bool mayForce)
    {
        switch (choice.Mode)
        {
            case ToolChoiceMode.Unsaid:
                break;
            case ToolChoiceMode.None:
                writer.WriteString("tool_choice"u8, "none"u8);
                break;
            case ToolChoiceMode.Required when mayForce:
                writer.WriteString("tool_choice"u8, anyTool);
                break;
            case ToolChoiceMode.Named when mayForce:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteStartObject("function"u8);
                writer.WriteAsRead("name"u8, choice.Name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("tool_choice"u8, "auto"u8);
                break;
        }
    }
}
