using System.Text.Json;

namespace Asc.Simulator.Mistral.Checks;

/// <summary>Where in a request something is, as FastAPI tells it: <c>["body","messages",0,"user","name"]</c>.</summary>
internal sealed class Location
{
    private readonly object[] _segments;

    private Location(object[] segments) => _segments = segments;

    public static Location Body { get; } = new(["body"]);

    public Location Then(string name) => new([.. _segments, name]);

    public Location Then(int index) => new([.. _segments, index]);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var segment in _segments)
        {
            if (segment is int index)
            {
                json.WriteNumberValue(index);
            }
            else
            {
                json.WriteStringValue((string)segment);
            }
        }

        json.WriteEndArray();
    }
}
