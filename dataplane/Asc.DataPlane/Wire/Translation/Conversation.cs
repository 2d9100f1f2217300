using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>
/// What a request asks of a model, whatever its protocol: one dialect's reader finds it in a body, another's writer makes a body of it. Values are elements
/// of the body that was read, and are copied as they were written.
/// </summary>
internal sealed class Conversation
{
    /// <summary>How the body calls the list of what was said.</summary>
    public string List { get; init; } = "messages";

    /// <summary>What stands before the first turn: instructions of the system or the developer.</summary>
    public List<Part> Instructions { get; } = [];

    /// <summary>In order. No two in a row are of the same role.</summary>
    public List<Turn> Turns { get; } = [];

    public List<ToolDeclaration> Tools { get; } = [];

    /// <summary>Whether tools that say nothing of it are strict where their schemas can be, as in responses.</summary>
    public bool HasStrictTools { get; init; }

    public ToolChoice ToolChoice { get; set; } = ToolChoice.Unsaid;

    /// <summary>Whether the model may call several tools in one turn; null: the request doesn't say.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>Undefined where absent, as are the next seven.</summary>
    public JsonElement Temperature { get; set; }

    public JsonElement TopP { get; set; }

    public JsonElement TopK { get; set; }

    /// <summary>What makes the same request have the same answer, as far as a provider can.</summary>
    public JsonElement Seed { get; set; }

    public JsonElement FrequencyPenalty { get; set; }

    public JsonElement PresencePenalty { get; set; }

    /// <summary>How many words the answer has.</summary>
    public JsonElement Verbosity { get; set; }

    /// <summary>By what OpenAI and Mistral find a prompt in their caches.</summary>
    public JsonElement CacheKey { get; set; }

    /// <summary>What the application keeps with the request: an object of strings.</summary>
    public JsonElement Metadata { get; set; }

    /// <summary>Whether it is to be served as requests usually are, even where faster service is paid for.</summary>
    public bool IsStandardTier { get; set; }

    /// <summary>For whom the application asks.</summary>
    public EndUser EndUser { get; set; }

    /// <summary>Strings that end the answer.</summary>
    public List<JsonElement> StopSequences { get; } = [];

    public OutputFormat Output { get; set; } = OutputFormat.Text;

    public ReasoningEffort Effort { get; set; }

    /// <summary>Whether the model is to think as much as it likes, where no effort is said.</summary>
    public bool ThinksAsItLikes { get; init; }

    /// <summary>Whether the client's protocol has a place for what another provider's model thought.</summary>
    public bool HearsReasoning { get; init; }

    /// <summary>How much the model is told to think; who writes the conversation says so.</summary>
    public ReasoningEffort ToldEffort { get; set; }

    /// <summary>What the provider isn't asked for. Who reads and who writes the conversation add what only they can know.</summary>
    public RequestFeatures Lost { get; set; }

    /// <summary>What the answer goes on with, as written in a JSON string; empty where it begins anew.</summary>
    public ReadOnlyMemory<byte> Begun() =>
        Turns is [.., { Role: Role.Assistant } last] ? last.Parts.OfType<TextPart>().SelectMany(static part => part.Text.Inside().ToArray()).ToArray() : default;

    /// <summary>Adds to the last turn where that is of the same role: providers refuse two in a row.</summary>
    /// <param name="place">Which of the request's messages or items is added.</param>
    public List<Part> PartsOf(Role role, int place)
    {
        if (Turns.Count == 0 || Turns[^1].Role != role)
        {
            Turns.Add(new(role, []));
        }

        Turns[^1].Place = place;
        return Turns[^1].Parts;
    }
}
