using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>Says where in a body something stands, as OpenAI's errors do: <c>messages[2].content[0].type</c>. For errors only: it reads the body again.</summary>
internal static class BodyPath
{
    /// <param name="body">JSON, at least as far as <paramref name="position"/>.</param>
    /// <param name="position">Where a value begins. Of a property's name: the object that has it.</param>
    /// <returns>Empty for the body itself.</returns>
    public static string Of(ReadOnlySpan<byte> body, int position)
    {
        var json = new Utf8JsonReader(body, BodyReader.Strict);
        var steps = new Stack<Step>();
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                steps.Pop();
            }
            else if (json.TokenType != JsonTokenType.PropertyName && steps.TryPeek(out var list) && list.Index is { } before)
            {
                steps.Pop();
                steps.Push(new(null, before + 1));
            }

            if (json.TokenStartIndex >= position)
            {
                break;
            }

            if (json.TokenType == JsonTokenType.PropertyName)
            {
                steps.Pop();
                steps.Push(new(OtherFields.IsWord(json.ValueSpan) ? Encoding.ASCII.GetString(json.ValueSpan) : "…", null));
            }
            else if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                steps.Push(new(null, json.TokenType == JsonTokenType.StartArray ? -1 : null));
            }
        }

        return json.TokenType == JsonTokenType.PropertyName ? Text(steps.Skip(1)) : Text(steps);
    }

    private static string Text(IEnumerable<Step> innermostFirst)
    {
        var text = new StringBuilder();
        foreach (var step in innermostFirst.Reverse())
        {
            if (step.Index is { } index)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (step.Name is not null)
            {
                text.Append(text.Length == 0 ? "" : ".").Append(step.Name);
            }
        }

        return text.ToString();
    }

    // In which member of an object, or element of a list, the next one lies.
    private readonly record struct Step(string? Name, int? Index);
}
