using System.Text.Json;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Mistral;

/// <summary>
/// Writes a body of Mistral's <c>POST chat/completions</c> (facts: 2.4, 3.6). Mistral refuses every field that it doesn't know, empty lists and most nulls: there
/// is nothing here but what is named.
/// </summary>
internal static class MistralBodyWriter
{
    private static ReadOnlySpan<byte> NoArguments => """{"type":"object","properties":{}}"""u8;

    /// <exception cref="UntranslatableException">There is no way to ask for it.</exception>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        CacheBreakpoints.KeepLast(said, 0);
        CarriedReasoning.LeaveOut(said);
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(target.ModelJson.Span, skipInputValidation: true);
        MistralTurns.Write(writer, said);
        ChatTools.Write(writer, said, target, anyTool: "any"u8, NoArguments, takesAsStrict: static _ => true);
        if (target.AnswerBound() is { } maximum)
        {
            writer.WriteNumber("max_tokens"u8, maximum);
        }

        WriteSampling(writer, said, target);
        ChatBodyWriter.WriteFormat(writer, said.Output);
        said.ToldEffort = target.EffortFor(said);
        if (said.ToldEffort != ReasoningEffort.Unsaid)
        {
            // It has no word for the most.
            writer.WriteString("reasoning_effort"u8, (said.ToldEffort == ReasoningEffort.Max ? ReasoningEffort.XHigh : said.ToldEffort).OpenAiWord());
        }

        writer.WriteAsRead("prompt_cache_key"u8, said.CacheKey);
        ChatBodyWriter.WriteTier(writer, said, "standard_only"u8);
        if (target.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (target.SaysTemperature(said.Temperature, hasOwnDefaults: true))
        {
            writer.WriteAtMostOne("temperature"u8, said.Temperature);
        }

        if (target.CarriesTopP)
        {
            writer.WriteAsRead("top_p"u8, said.TopP);
        }

        if (target.Carries(RequestFeatures.Seed))
        {
            writer.WriteAsRead("random_seed"u8, said.Seed);
        }

        ChatBodyWriter.WritePenalties(writer, said, target);
        if (said.StopSequences.Count > 0 && target.Carries(RequestFeatures.StopSequences))
        {
            writer.WriteStartArray("stop"u8);
            said.StopSequences.ForEach(writer.WriteAsRead);
            writer.WriteEndArray();
        }
    }
}
