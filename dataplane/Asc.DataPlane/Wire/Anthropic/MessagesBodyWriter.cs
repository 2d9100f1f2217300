using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Writes a body of <c>POST messages</c> (facts: 2.3, 3.1).</summary>
internal static class MessagesBodyWriter
{
    // Anthropic demands a bound where nobody has one.
    private const long UsualMaxTokens = 4096;
    private const long LeastAfterThinking = 1024;
    private const int BreakpointsMaximum = 4;

    // What Claude may write in ten minutes, which is as long as a connection is silent before somebody cuts it (Anthropic's SDKs stop there too).
    private const long LongestUnstreamed = 21_333;

    /// <exception cref="UntranslatableException">Claude would refuse it.</exception>
    public static void Write(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        CarriedReasoning.KeepReadable(said, target);
        JsonInstruction.Add(said);
        var most = target.Traits.MaxOutputTokens;
        var maxTokens = Math.Min(most, target.MaxOutputTokens ?? (most < long.MaxValue ? most : UsualMaxTokens));
        var budget = DecideThinking(said, target, maxTokens);
        var effort = said.ToldEffort;
        CacheBreakpoints.KeepLast(said, BreakpointsMaximum);
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        writer.WriteRawValue(target.ModelJson.Span, skipInputValidation: true);
        writer.WriteNumber("max_tokens"u8, maxTokens);
        WriteSystem(writer, said);
        MessagesTurns.Write(writer, said);
        MessagesTools.Write(writer, said, thinks: budget > 0 || (effort > ReasoningEffort.None && !target.Traits.ThinksByBudget), target);
        WriteSampling(writer, said, budget > 0 ? target.WithoutSampling() : target);
        WriteOutput(writer, said, effort, target);
        if (budget > 0)
        {
            writer.WriteStartObject("thinking"u8);
            writer.WriteString("type"u8, "enabled"u8);
            writer.WriteNumber("budget_tokens"u8, budget);
            writer.WriteEndObject();
        }

        if (said.IsStandardTier)
        {
            writer.WriteString("service_tier"u8, "standard_only"u8);
        }

        if (said.EndUser.Id.IsText())
        {
            writer.WriteStartObject("metadata"u8);
            said.EndUser.WriteHashed(writer, "user_id"u8);
            writer.WriteEndObject();
        }

        if (target.InferenceGeo.Length > 0)
        {
            writer.WriteString(InferenceGeo.Field, target.InferenceGeo);
        }

        if (target.Stream || maxTokens > LongestUnstreamed)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        writer.WriteEndObject();
    }

    // How many tokens are for thinking; 0: the model isn't told a number.
    private static long DecideThinking(Conversation said, in TranslationTarget target, long maxTokens)
    {
        said.ToldEffort = EffortFor(said, target);
        if (!target.Traits.ThinksByBudget || said.ToldEffort <= ReasoningEffort.None)
        {
            return 0;
        }

        // Thinking counts among what is generated, and leaves room for an answer.
        if (maxTokens >= 2 * LeastAfterThinking && said.Turns is not [.., { Role: Role.Assistant }] && !GoesOnWithoutThoughts(said))
        {
            return Math.Min(said.ToldEffort.Budget(), maxTokens - LeastAfterThinking);
        }

        // An answer that was begun has lost it already. Who doesn't think samples as it is told.
        said.Lost |= (said.Lost & RequestFeatures.PrefillWithReasoning) == 0 ? RequestFeatures.Reasoning : RequestFeatures.None;
        said.Lost &= ~RequestFeatures.SamplingWithReasoning;
        said.ToldEffort = ReasoningEffort.None;
        return 0;
    }

    // Who is forced to a tool can't think (facts: 3.1): the call is what was asked for.
    private static ReasoningEffort EffortFor(Conversation said, in TranslationTarget target)
    {
        var effort = target.EffortFor(said);
        var isForced = said.ToolChoice.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named && target.Carries(RequestFeatures.ForcedTools);
        return effort > ReasoningEffort.None && isForced && (target.Traits.ThinksByBudget || (target.Traits.Efforts & ReasoningEffort.None) != 0) ? ReasoningEffort.None : effort;
    }

    // Who is to think must be told what it thought before the calls that are answered now (facts: 3.2): not every client can carry that.
    private static bool GoesOnWithoutThoughts(Conversation said) =>
        said.Turns.FindLastIndex(static turn => turn.Role == Role.Assistant) is >= 0 and var last
        && said.Turns[last] is var called
        && called.Parts.Exists(static part => part is ToolCallPart)
        && !called.Parts.Exists(static part => part is RedactedReasoningPart || (part is ReasoningPart thought && thought.Signature.IsText()));

    private static void WriteSystem(Utf8JsonWriter writer, Conversation said)
    {
        var instructions = said.Instructions.Where(MessagesTurns.IsKept).ToList();
        if (instructions.Count == 0)
        {
            return;
        }

        var ids = new CallIds();
        writer.WriteStartArray("system"u8);
        foreach (var part in instructions)
        {
            MessagesTurns.WriteBlock(writer, part, ids);
        }

        writer.WriteEndArray();
    }

    private static void WriteSampling(Utf8JsonWriter writer, Conversation said, in TranslationTarget target)
    {
        if (target.Carries(RequestFeatures.Temperature))
        {
            // OpenAI's scale ends at 2, this one at 1.
            writer.WriteAtMostOne("temperature"u8, said.Temperature);
        }

        if (target.CarriesTopP)
        {
            writer.WriteAsRead("top_p"u8, said.TopP);
        }

        if (target.Carries(RequestFeatures.TopK))
        {
            writer.WriteAsRead("top_k"u8, said.TopK);
        }

        var stops = said.StopSequences.Where(static stop => !string.IsNullOrWhiteSpace(stop.GetString())).ToList();
        if (stops.Count > 0 && target.Carries(RequestFeatures.StopSequences))
        {
            writer.WriteStartArray("stop_sequences"u8);
            stops.ForEach(writer.WriteAsRead);
            writer.WriteEndArray();
        }
    }

    private static void WriteOutput(Utf8JsonWriter writer, Conversation said, ReasoningEffort effort, in TranslationTarget target)
    {
        var hasEffort = effort > ReasoningEffort.None && !target.Traits.ThinksByBudget;
        if (said.Output.Kind == OutputKind.JsonSchema || hasEffort)
        {
            writer.WriteStartObject("output_config"u8);
            if (hasEffort)
            {
                writer.WriteString("effort"u8, effort.AnthropicWord());
            }

            if (said.Output.Kind == OutputKind.JsonSchema)
            {
                MessagesSchema.Expect(said.Output);
                writer.WriteStartObject("format"u8);
                writer.WriteString("type"u8, "json_schema"u8);
                writer.WritePropertyName("schema"u8);
                MessagesSchema.Write(writer, said.Output.Schema, said.Output.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        var showsText = SaysTextAsThoughts(said, target);
        if (target.Traits.ThinksByBudget || (effort == ReasoningEffort.Unsaid && !showsText))
        {
            return;
        }

        writer.WriteStartObject("thinking"u8);
        writer.WriteString("type"u8, effort == ReasoningEffort.None ? "disabled"u8 : "adaptive"u8);
        if (showsText || (effort > ReasoningEffort.None && said is { HearsReasoning: true, Effort: > ReasoningEffort.None }))
        {
            // Unasked, newer models show nothing of it.
            writer.WriteString("display"u8, "summarized"u8);
        }

        writer.WriteEndObject();
    }

    // Models that always think say what they have to say between calls as thoughts (facts: 3.2).
    private static bool SaysTextAsThoughts(Conversation said, in TranslationTarget target) =>
        said is { HearsReasoning: true, Tools.Count: > 0 } && target is { Samples: false, Traits: { CanThink: true } traits } && (traits.Efforts & ReasoningEffort.None) == 0;
}
