using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>OpenAI's own.</summary>
internal readonly struct OpenAiChatFields : IChatFields
{
    public static Operation Operation => Operation.ChatCompletions;

    public static bool KnowsNewerNames => true;

    public static bool KnowsOlderNames => true;

    public static string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => ActingFields.Problem(name, ref value);

    public static string? PartProblem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value) => ActingFields.PartProblem(name, ref value);

    public static string? ToolProblem(ref Utf8JsonReader type) => ActingFields.ToolProblem(ref type);

    public static RequestFeatures Of(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value) => ChatFeatures.Of(name, ref value);

    public static RequestFeatures OfPart(scoped ref Utf8JsonReader type) => ChatFeatures.OfPart(ref type);

    public static RequestFeatures OfTool(scoped ref Utf8JsonReader type) => ChatFeatures.OfTool(ref type);
}
