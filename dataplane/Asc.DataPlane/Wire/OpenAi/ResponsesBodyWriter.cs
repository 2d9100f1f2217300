using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes a body of <c>POST responses</c> (facts: 2.2, 3.7). OpenAI keeps nothing of it, so that each request tells all of the conversation.</summary>
internal static class ResponsesBodyWriter
{
    // OpenAI refuses less.
    private const long LeastOutput = 16;

    /// <exception cref="UntranslatableException">There is no way to ask for it.</exception>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        CacheBreakpoints.KeepOpenAis(said, target);
        CarriedReasoning.LeaveOut(said);
        JsonInstruction.AddWhereUnsaid(said);
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(target.ModelJson.Span, skipInputValidation: true);
        ResponsesInput.Write(writer, said);
        WriteTools(writer, said, target);
        if (target.AnswerBound() is { } maximum)
        {
            writer.WriteNumber("max_output_tokens"u8, Math.Max(maximum, LeastOutput));
        }

        if (target.Carries(RequestFeatures.Temperature))
        {
            writer.WriteAsRead("temperature"u8, said.Temperature);
        }

        if (target.CarriesTopP)
        {
            writer.WriteAsRead("top_p"u8, said.TopP);
        }

        WriteText(writer, said, target);
        said.ToldEffort = target.EffortFor(said);
        if (said.ToldEffort != ReasoningEffort.Unsaid)
        {
            writer.WriteStartObject("reasoning"u8);
            writer.WriteString("effort"u8, said.ToldEffort.OpenAiWord());
            writer.WriteEndObject();
        }

        // OpenAI's own client may be asking.
        writer.WriteAsRead("prompt_cache_key"u8, said.CacheKey);
        writer.WriteAsRead("metadata"u8, said.Metadata);
        ChatBodyWriter.WriteTier(writer, said, "default"u8);
        said.EndUser.WriteToOpenAi(writer, "safety_identifier"u8);
        writer.WriteBoolean("store"u8, false);
        if (target.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (said.Tools.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        said.Tools.ForEach(tool => WriteTool(writer, tool, said));
        writer.WriteEndArray();
        WriteChoice(writer, said.ToolChoice, mayForce: target.Carries(RequestFeatures.ForcedTools));
        if (said.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    private static void WriteTool(Utf8JsonWriter writer, ToolDeclaration tool, Conversation said)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteAsRead("name"u8, tool.Name);
        writer.WriteAsRead("description"u8, tool.Description);
        writer.WritePropertyName("parameters"u8);
        if (tool.Schema.Exists())
        {
            writer.WriteAsRead(tool.Schema);
        }
        else
        {
            writer.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
        }

        // Not said it is strict here, and nowhere else.
        writer.WriteBoolean("strict"u8, ChatTools.IsStrict(tool, said, ChatSchema.CanBeStrict) ?? false);
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ToolChoice choice, bool mayForce)
    {
        switch (choice.Mode)
        {
            case ToolChoiceMode.Unsaid:
                break;
            case ToolChoiceMode.None:
                writer.WriteString("tool_choice"u8, "none"u8);
                break;
            case ToolChoiceMode.Required when mayForce:
                writer.WriteString("tool_choice"u8, "required"u8);
                break;
            case ToolChoiceMode.Named when mayForce:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteAsRead("name"u8, choice.Name);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("tool_choice"u8, "auto"u8);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        var saysVerbosity = said.Verbosity.Exists() && target.Carries(RequestFeatures.Verbosity);
        if (said.Output.Kind == OutputKind.Text && !saysVerbosity)
        {
            return;
        }

        writer.WriteStartObject("text"u8);
        if (said.Output.Kind != OutputKind.Text)
        {
            writer.WriteStartObject("format"u8);
            ChatBodyWriter.WriteFormatType(writer, said.Output);
            if (said.Output.Kind == OutputKind.JsonSchema)
            {
                ChatBodyWriter.WriteSchema(writer, said.Output);
            }

            writer.WriteEndObject();
        }

        if (saysVerbosity)
        {
            writer.WriteAsRead("verbosity"u8, said.Verbosity);
        }

        writer.WriteEndObject();
    }
}
