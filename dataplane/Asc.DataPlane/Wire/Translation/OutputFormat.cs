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

    /// <summary>Where in the request its schema stands.</summary>
    public string Path { get; init; } = "";

    public static OutputFormat Text { get; } = new(OutputKind.Text);

    public static OutputFormat JsonObject { get; } = new(OutputKind.JsonObject);

    /// <summary>Reads OpenAI's and Mistral's; null where it is of a schema, which stands in each elsewhere.</summary>
    /// <param name="format">An object; undefined where absent.</param>
    /// <param name="path">Its own, for errors.</param>
    /// <exception cref="UntranslatableException">It is none of the three.</exception>
    public static OutputFormat? WithoutSchema(JsonElement format, string path)
    {
        if (!format.Exists())
        {
            return Text;
        }

        var type = format.RequiredString("type"u8, $"{path}.type");
        return type.ValueEquals("json_schema"u8) ? null
            : type.ValueEquals("json_object"u8) ? JsonObject
            : type.ValueEquals("text"u8) ? Text
            : throw new UntranslatableException($"\"{path}.type\" is text, json_object or json_schema, not \"{type.Shown()}\".", $"{path}.type");
    }
}
