using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Finds out which property it is that stands twice in an object, once it is known that one does.</summary>
internal static class RepeatedName
{
    /// <summary>The first that is come to; null where none is.</summary>
    public static string? In(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        var objects = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                objects.Push(new(StringComparer.Ordinal));
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                objects.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString()! is var name && !objects.Peek().Add(name))
            {
                return name;
            }
        }

        return null;
    }
}
