using System.Globalization;
using System.Text.Json;
using Asc.Simulator.Claude;

namespace Asc.Simulator.Anthropic;

/// <summary>Writes a model as the list of models shows it, with as many of its capabilities as are simulated.</summary>
internal static class ClaudeModelJson
{
    private static readonly (string Name, ClaudeThinking Kind)[] Kinds =
    [
        ("adaptive", ClaudeThinking.Adaptive), ("between_tools", ClaudeThinking.BetweenTools),
        ("disabled", ClaudeThinking.Disabled), ("enabled", ClaudeThinking.Enabled),
    ];

    public static void Write(Utf8JsonWriter json, ClaudeModel model)
    {
        json.WriteStartObject();
        json.WriteString("type", "model");
        json.WriteString("id", model.Name);
        json.WriteString("display_name", model.DisplayName.Length > 0 ? model.DisplayName : model.Name);
        json.WriteString("created_at", model.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteNull("deprecated_at");
        json.WriteNull("retires_at");
        json.WriteString("lifecycle", "active");
        json.WriteString("line", model.Line);
        json.WriteNumber("max_input_tokens", model.ContextWindow);
        json.WriteNumber("max_tokens", model.MaxOutput);
        json.WriteStartObject("capabilities");
        WriteSupport(json, "image_input", true);
        WriteSupport(json, "pdf_input", true);
        WriteSupport(json, "structured_outputs", true);
        WriteThinking(json, model.Thinking);
        WriteEffort(json, model.Efforts);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter json, ClaudeThinking thinking)
    {
        json.WriteStartObject("thinking");
        json.WriteBoolean("supported", (thinking & ~ClaudeThinking.Disabled) != 0);
        json.WriteStartObject("types");
        foreach (var (name, kind) in Kinds)
        {
            WriteSupport(json, name, thinking.HasFlag(kind));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEffort(Utf8JsonWriter json, IReadOnlyList<string> efforts)
    {
        json.WriteStartObject("effort");
        json.WriteBoolean("supported", efforts.Count > 0);
        foreach (var effort in ClaudeModel.AllEfforts)
        {
            WriteSupport(json, effort, efforts.Contains(effort));
        }

        json.WriteEndObject();
    }

    private static void WriteSupport(Utf8JsonWriter json, string name, bool isSupported)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("supported", isSupported);
        json.WriteEndObject();
    }
}
