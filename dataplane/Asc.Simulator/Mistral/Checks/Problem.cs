using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>One thing that the API's validator finds wrong.</summary>
/// <param name="Type">Pydantic's name for it, e.g. <c>extra_forbidden</c>.</param>
/// <param name="At">Where it is.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Input">What is there; null: nothing that could be shown.</param>
internal sealed record Problem(string Type, Location At, string Message, JsonElement? Input)
{
    public static Problem Extra(Location at, JsonElement input) => new("extra_forbidden", at, "Extra inputs are not permitted", input);

    /// <param name="at">Where it should be.</param>
    /// <param name="holder">What lacks it.</param>
    public static Problem Missing(Location at, JsonElement holder) => new("missing", at, "Field required", holder);

    public static Problem NotJson() => new("json_invalid", Location.Body.Then(0), "JSON decode error", null);

    public static Problem NotObject(Location at, JsonElement? input) =>
        new("model_attributes_type", at, "Input should be a valid dictionary or object to extract fields from", input);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WritePropertyName("loc");
        At.Write(json);
        json.WriteString("msg", Message);
        if (Input is { } input)
        {
            json.WritePropertyName("input");
            input.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
