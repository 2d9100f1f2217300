using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Writes <c>tools</c> and <c>tool_choice</c>.</summary>
internal static class MessagesTools
{
    private static ReadOnlySpan<byte> NoArguments => """{"type":"object","properties":{}}"""u8;

    /// <param name="thinks">Whether the model is told to think: it can't be forced to a tool then.</param>
    public static void Write(Utf8JsonWriter writer, Conversation said, bool thinks, in TranslationTarget target)
    {
        // Of tools that were called before all must be declared, be it that none may be called now.
        var called = said.Tools.Count > 0 ? [] : said.Turns.SelectMany(turn => turn.Parts).OfType<ToolCallPart>().DistinctBy(call => call.Name.GetString()).ToList();
        if (said.Tools.Count + called.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in said.Tools)
        {
            Write(writer, tool, said);
            // As responses have them unsaid; here what is strict has limits that nobody asked for.
            said.Lost |= tool.IsStrict is null && said.HasStrictTools && tool.Schema.Exists() && OpenAi.ChatSchema.CanBeStrict(tool.Schema) ? RequestFeatures.StrictTools : RequestFeatures.None;
        }

        foreach (var call in called)
        {
            Write(writer, new(call.Name, default, default, IsStrict: null), said);
        }

        writer.WriteEndArray();
        WriteChoice(writer, said, mayForce: !thinks && target.Carries(RequestFeatures.ForcedTools));
    }

    private static void Write(Utf8JsonWriter writer, ToolDeclaration tool, Conversation said)
    {
        var asksForStrict = tool.IsStrict == true && tool.Schema.Exists();
        var isStrict = asksForStrict && MessagesSchema.IsObject(tool.Schema) && MessagesSchema.Fault(tool.Schema) is null;
        said.Lost |= asksForStrict && !isStrict ? RequestFeatures.StrictTools : RequestFeatures.None;
        writer.WriteStartObject();
        writer.WriteAsRead("name"u8, tool.Name);
        writer.WriteAsRead("description"u8, tool.Description);
        writer.WritePropertyName("input_schema"u8);
        if (!tool.Schema.Exists())
        {
            writer.WriteRawValue(NoArguments);
        }
        else if (isStrict)
        {
            MessagesSchema.WriteArguments(writer, tool.Schema);
            writer.WriteBoolean("strict"u8, true);
        }
        else if (tool.Schema.Member("type"u8).Exists())
        {
            writer.WriteAsRead(tool.Schema);
        }
        else
        {
            WriteAsObject(writer, tool.Schema);
        }

        writer.WriteEndObject();
    }

    private static void WriteAsObject(Utf8JsonWriter writer, JsonElement schema)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        foreach (var member in schema.EnumerateObject().Where(static member => !member.NameEquals("type"u8)))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, Conversation said, bool mayForce)
    {
        var mode = said.Tools.Count == 0 ? ToolChoiceMode.None : said.ToolChoice.Mode;
        if (mode == ToolChoiceMode.Unsaid && said.ParallelToolCalls != false)
        {
            return;
        }

        writer.WriteStartObject("tool_choice"u8);
        writer.WriteString("type"u8, mode switch
        {
            ToolChoiceMode.None => "none"u8,
            ToolChoiceMode.Required when mayForce => "any"u8,
            ToolChoiceMode.Named when mayForce => "tool"u8,
            _ => "auto"u8,
        });
        if (mode == ToolChoiceMode.Named && mayForce)
        {
            writer.WriteAsRead("name"u8, said.ToolChoice.Name);
        }

        if (said.ParallelToolCalls == false && mode != ToolChoiceMode.None)
        {
            writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        }

        writer.WriteEndObject();
    }
}
