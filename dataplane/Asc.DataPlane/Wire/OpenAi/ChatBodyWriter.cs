using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes a body of <c>POST chat/completions</c> (facts: 2.1, 3.4).</summary>
internal static class ChatBodyWriter
{
    private const int StopsMaximum = 4;

    /// <exception cref="UntranslatableException">There is no way to ask for it.</exception>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (target.MaxOutputTokens == 0)
        {
            throw new UntranslatableException(ErrorCode.UnsupportedFeature, "\"max_tokens\": 0 fills Anthropic's prompt cache, and no other provider can do that: ask for 1 at least.", "max_tokens");
        }

        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(target.ModelJson.Span, skipInputValidation: true);
        ChatTurns.Write(writer, said);
        WriteTools(writer, said, target);
        if (target.MaxOutputTokens is { } maximum)
        {
            writer.WriteNumber("max_completion_tokens"u8, Math.Min(maximum, target.Traits.MaxOutputTokens));
        }

        WriteSampling(writer, said, target);
        WriteFormat(writer, said.Output);
        if (target.EffortFor(said.Effort) is var effort and not ReasoningEffort.Unsaid)
        {
            writer.WriteString("reasoning_effort"u8, effort.OpenAiWord());
        }

        if (target.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (target.Carries(RequestFeatures.Temperature))
        {
            writer.WriteAsRead("temperature"u8, said.Temperature);
        }

        if (target.Carries(RequestFeatures.TopP))
        {
            writer.WriteAsRead("top_p"u8, said.TopP);
        }

        if (said.StopSequences.Count > 0 && target.Carries(RequestFeatures.StopSequences))
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in said.StopSequences.Take(StopsMaximum))
            {
                writer.WriteAsRead(stop);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteTools(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
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
            writer.WriteAsRead("parameters"u8, tool.Schema);
            if (tool.IsStrict is { } isStrict)
            {
                writer.WriteBoolean("strict"u8, isStrict);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteChoice(writer, said.ToolChoice, mayForce: target.Carries(RequestFeatures.ForcedTools));
        if (said.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
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

    private static void WriteFormat(Utf8JsonWriter writer, OutputFormat format)
    {
        if (format.Kind == OutputKind.Text)
        {
            return;
        }

        writer.WriteStartObject("response_format"u8);
        writer.WriteString("type"u8, format.Kind == OutputKind.JsonObject ? "json_object"u8 : "json_schema"u8);
        if (format.Kind == OutputKind.JsonSchema)
        {
            writer.WriteStartObject("json_schema"u8);
            if (format.Name.Exists())
            {
                writer.WriteAsRead("name"u8, format.Name);
            }
            else
            {
                writer.WriteString("name"u8, "response"u8);
            }

            writer.WriteAsRead("schema"u8, format.Schema);
            writer.WriteBoolean("strict"u8, format.IsStrict ?? ChatSchema.CanBeStrict(format.Schema));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
