using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>A function that the model may call, and the client runs.</summary>
/// <param name="Name">A string.</param>
/// <param name="Description">A string; undefined where absent.</param>
/// <param name="Schema">The JSON schema of its arguments; undefined where it takes none.</param>
/// <param name="IsStrict">Whether arguments are held to the schema; null: the request doesn't say.</param>
internal sealed record ToolDeclaration(JsonElement Name, JsonElement Description, JsonElement Schema, bool? IsStrict);

/// <summary>Whether tools are called.</summary>
internal enum ToolChoiceMode
{
    Unsaid,
    Auto,
    None,

    /// <summary>One of them is.</summary>
    Required,

    /// <summary>The one that is named is.</summary>
    Named,
}

/// <param name="Name">A string; undefined unless one is named.</param>
internal sealed record ToolChoice(ToolChoiceMode Mode, JsonElement Name = default)
{
    public static ToolChoice Unsaid { get; } = new(ToolChoiceMode.Unsaid);
}
