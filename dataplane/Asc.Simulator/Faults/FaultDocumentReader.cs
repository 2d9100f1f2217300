using System.Text.Json;

namespace Asc.Simulator.Faults;

/// <summary>Reads an array of fault documents strictly; every problem is collected with the path it was found at.</summary>
internal sealed class FaultDocumentReader
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyList<Fault> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ReadArray(document.RootElement);
        }
        catch (JsonException e)
        {
            _problems.Add($"not JSON: {e.Message}");
            return [];
        }
    }

    private List<Fault> ReadArray(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            _problems.Add("expected an array of faults");
            return [];
        }

        return [.. root.EnumerateArray().Select((element, index) => ReadFault($"[{index}]", element)).OfType<Fault>()];
    }

    private Fault? ReadFault(string path, JsonElement element)
    {
        var fields = Fields(path, element, "match", "fault", "status", "afterChunks", "delayMs", "headers", "count");
        if (fields is null)
        {
            return null;
        }

        var kind = ReadKind(path, Text(path, fields, "fault"));
        var status = Integer(path, fields, "status", 400, 599);
        var delay = Integer(path, fields, "delayMs", 0, int.MaxValue);
        if (kind is FaultKind.Status or FaultKind.Error && status is null)
        {
            _problems.Add($"{path}.status: required with the fault '{FaultKindName.Of(kind.Value)}'");
        }

        if (kind == FaultKind.Delay && delay is null or 0)
        {
            _problems.Add($"{path}.delayMs: required with the fault 'delay'");
        }

        return new Fault
        {
            Kind = kind ?? default,
            Match = ReadMatch($"{path}.match", fields),
            Status = status ?? 0,
            AfterChunks = Integer(path, fields, "afterChunks", 0, int.MaxValue) ?? 0,
            Delay = TimeSpan.FromMilliseconds(delay ?? 0),
            Headers = ReadHeaders($"{path}.headers", fields),
            Count = Integer(path, fields, "count", 1, int.MaxValue),
        };
    }

    private FaultKind? ReadKind(string path, string? name)
    {
        var kind = name is null ? null : FaultKindName.Parse(name);
        if (kind is null)
        {
            _problems.Add($"{path}.fault: expected one of {FaultKindName.All}");
        }

        return kind;
    }

    private FaultMatch ReadMatch(string path, Dictionary<string, JsonElement> parent)
    {
        var fields = parent.TryGetValue("match", out var element)
            ? Fields(path, element, "region", "protocol", "model")
            : null;
        return fields is null
            ? FaultMatch.Any
            : new FaultMatch(Text(path, fields, "region"), Text(path, fields, "protocol"), Text(path, fields, "model"));
    }

    private Dictionary<string, string> ReadHeaders(string path, Dictionary<string, JsonElement> parent)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var fields = parent.TryGetValue("headers", out var element) ? Fields(path, element) : null;
        foreach (var name in fields?.Keys ?? Enumerable.Empty<string>())
        {
            headers[name] = Text(path, fields!, name) ?? "";
        }

        return headers;
    }

    /// <summary>The non-null members of an object; with <paramref name="known"/> given, others are problems.</summary>
    private Dictionary<string, JsonElement>? Fields(string path, JsonElement element, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            _problems.Add($"{path}: expected an object");
            return null;
        }

        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (known.Length > 0 && !known.Contains(property.Name))
            {
                _problems.Add($"{path}.{property.Name}: unknown field; known are {string.Join(", ", known)}");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                fields[property.Name] = property.Value;
            }
        }

        return fields;
    }

    private string? Text(string path, Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _problems.Add($"{path}.{name}: expected a string");
        return null;
    }

    private int? Integer(string path, Dictionary<string, JsonElement> fields, string name, int min, int max)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        _problems.Add($"{path}.{name}: expected an integer from {min} to {max}");
        return null;
    }
}
