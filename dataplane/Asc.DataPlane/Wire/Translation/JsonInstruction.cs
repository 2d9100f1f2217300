using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Says in words that the answer is to be a JSON object.</summary>
internal static class JsonInstruction
{
    private static readonly JsonElement Sentence = JsonElement.Parse("\"Answer with one JSON object and nothing else.\"");

    /// <summary>For who can't be told otherwise.</summary>
    public static void Add(Conversation said)
    {
        if (said.Output.Kind == OutputKind.JsonObject)
        {
            said.Instructions.Add(new TextPart(Sentence));
        }
    }

    /// <summary>For OpenAI, which refuses to be asked for JSON where no text speaks of it; Mistral's clients need not say so.</summary>
    public static void AddWhereUnsaid(Conversation said)
    {
        if (said.Output.Kind == OutputKind.JsonObject && !said.Instructions.Concat(said.Turns.SelectMany(static turn => turn.Parts)).Any(SpeaksOfIt))
        {
            Add(said);
        }
    }

    private static bool SpeaksOfIt(Part part) => part switch
    {
        TextPart text => text.Text.GetString()!.Contains("json", StringComparison.OrdinalIgnoreCase),
        ToolResultPart result => result.Content.Exists(SpeaksOfIt),
        _ => false,
    };
}
