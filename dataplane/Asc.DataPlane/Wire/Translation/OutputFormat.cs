using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What an answer's text is held to.</summary>
internal enum OutputKind
{
    Text,

    /// <summary>Any JSON object.</summary>
    JsonObject,

    /// <summary>JSON of a schema.</summary>
    JsonSchema,
}

/// <param name="Name">A string; undefined where it has none.</param>
/// <param name="Schema">Undefined unless there is one.</param>
/// <param name="IsStrict">Whether it is held to all of it; null: the request doesn't say.</param>
internal sealed record OutputFormat(OutputKind Kind, JsonElement Name = default, JsonElement Schema = default, bool? IsStrict = null)
{
    /// <summary>What it is for, a string; undefined where that isn't said.</summary>
    public JsonElement Description { get; init; }

    public static OutputFormat Text { get; } = new(OutputKind.Text);

    public static OutputFormat JsonObject { get; } = new(OutputKind.JsonObject);
}
