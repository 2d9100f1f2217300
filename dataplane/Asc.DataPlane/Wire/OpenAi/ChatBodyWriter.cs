using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes a body of <c>POST chat/completions</c> (facts: 2.1, 3.4).</summary>
internal static class ChatBodyWriter
{
    private const int StopsMaximum = 4;

    /// <summary>As OpenAI itself takes it.</summary>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target) => Write(writer, said, target, "max_completion_tokens", hasOwnDefaults: false);

    /// <param name="writer">What it is written to.</param>
    /// <param name="said">What is asked.</param>
    /// <param name="target">Of whom.</param>
    /// <param name="outputField">The field that says how long the answer may be.</param>
    /// <param name="hasOwnDefaults">Whether its models sample otherwise than at 1 where nothing is said.</param>
    /// <exception cref="UntranslatableException">There is no way to ask for it.</exception>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target, string outputField, bool hasOwnDefaults)
    {
        CacheBreakpoints.KeepOpenAis(said, target);
        CarriedReasoning.LeaveOut(said);
        JsonInstruction.AddWhereUnsaid(said);
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(target.ModelJson.Span, skipInputValidation: true);
        ChatTurns.Write(writer, said);
        ChatTools.Write(writer, said, target, anyTool: "required"u8, noArguments: default, ChatSchema.CanBeStrict);
        if (target.AnswerBound() is { } maximum)
        {
            writer.WriteNumber(outputField, maximum);
        }

        WriteSampling(writer, said, target, hasOwnDefaults);
        WriteFormat(writer, said.Output);
        said.ToldEffort = target.EffortFor(said);
        if (said.ToldEffort != ReasoningEffort.Unsaid)
        {
            writer.WriteString("reasoning_effort"u8, said.ToldEffort.OpenAiWord());
        }

        WriteTier(writer, said, "default"u8);
        // By its old name others know it too.
        said.EndUser.WriteToOpenAi(writer, "user"u8);
        if (target.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <param name="standard">How the usual tier is called.</param>
    public static void WriteTier(Utf8JsonWriter writer, Conversation said, ReadOnlySpan<byte> standard)
    {
        if (said.IsStandardTier)
        {
            writer.WriteString("service_tier"u8, standard);
        }
    }

    private static void WriteSampling(Utf8JsonWriter writer, Conversation said, in TranslationTarget target, bool hasOwnDefaults)
    {
        if (target.SaysTemperature(said.Temperature, hasOwnDefaults))
        {
            writer.WriteAsRead("temperature"u8, said.Temperature);
        }

        if (target.SaysTopP(said.TopP, hasOwnDefaults))
        {
            writer.WriteAsRead("top_p"u8, said.TopP);
        }

        if (target.Carries(RequestFeatures.Seed))
        {
            writer.WriteAsRead("seed"u8, said.Seed);
        }

        WritePenalties(writer, said, target);
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

    public static void WritePenalties(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (target.Carries(RequestFeatures.Penalties))
        {
            writer.WriteAsRead("frequency_penalty"u8, said.FrequencyPenalty);
            writer.WriteAsRead("presence_penalty"u8, said.PresencePenalty);
        }
    }

    public static void WriteFormat(Utf8JsonWriter writer, OutputFormat format)
    {
        if (format.Kind == OutputKind.Text)
        {
            return;
        }

        writer.WriteStartObject("response_format"u8);
        WriteFormatType(writer, format);
        if (format.Kind == OutputKind.JsonSchema)
        {
            writer.WriteStartObject("json_schema"u8);
            WriteSchema(writer, format);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static void WriteFormatType(Utf8JsonWriter writer, OutputFormat format) => writer.WriteString("type"u8, format.Kind == OutputKind.JsonObject ? "json_object"u8 : "json_schema"u8);

    /// <summary>Writes the members of a format that is a schema.</summary>
    public static void WriteSchema(Utf8JsonWriter writer, OutputFormat format)
    {
        if (format.Name.Exists())
        {
            writer.WriteAsRead("name"u8, format.Name);
        }
        else
        {
            writer.WriteString("name"u8, "response"u8);
        }

        writer.WriteAsRead("description"u8, format.Description);
        writer.WriteAsRead("schema"u8, format.Schema);
        if (format.IsStrict is { } isStrict)
        {
            writer.WriteBoolean("strict"u8, isStrict);
        }
    }
}
