using System.Text.Json;

namespace Asc.Simulator.Faults;

/// <summary>Writes faults in the shape in which they are set.</summary>
internal static class FaultDocumentWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<Fault> faults)
    {
        json.WriteStartArray();
        foreach (var fault in faults)
        {
            WriteFault(json, fault);
        }

        json.WriteEndArray();
    }

    private static void WriteFault(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteStartObject("match");
        WriteText(json, "region", fault.Match.Region);
        WriteText(json, "protocol", fault.Match.Protocol);
        WriteText(json, "model", fault.Match.Model);
        json.WriteEndObject();
        json.WriteString("fault", FaultKindName.Of(fault.Kind));
        if (fault.HasStatus)
        {
            json.WriteNumber("status", fault.Status);
        }

        json.WriteNumber("afterChunks", fault.AfterChunks);
        json.WriteNumber("delayMs", (long)fault.Delay.TotalMilliseconds);
        json.WriteStartObject("headers");
        foreach (var (name, value) in fault.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        if (fault.Count is { } count)
        {
            json.WriteNumber("count", count);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
