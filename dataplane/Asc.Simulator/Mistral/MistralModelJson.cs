using System.Text.Json;

namespace Asc.Simulator.Mistral;

/// <summary>Writes a model as the model list tells of it. Without <c>capabilities</c> the SDK would not know it for a model.</summary>
internal static class MistralModelJson
{
    private static readonly (string Name, MistralAbilities Ability)[] Capabilities =
    [
        ("completion_chat", MistralAbilities.Chat),
        ("completion_fim", MistralAbilities.Fim),
        ("function_calling", MistralAbilities.Tools),
        ("vision", MistralAbilities.Vision),
        ("reasoning", MistralAbilities.Reasoning),
    ];

    public static void Write(Utf8JsonWriter json, string id, MistralModel model)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        json.WriteNumber("created", model.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("owned_by", "mistralai");
        json.WriteStartObject("capabilities");
        foreach (var (name, ability) in Capabilities)
        {
            json.WriteBoolean(name, model.Can(ability));
        }

        json.WriteBoolean("fine_tuning", false);
        json.WriteBoolean("classification", false);
        json.WriteEndObject();
        json.WriteString("name", model.Name);
        json.WriteNull("description");
        json.WriteNumber("max_context_length", model.ContextLength);
        json.WriteStartArray("aliases");
        foreach (var alias in model.Aliases.Prepend(model.Name).Where(name => name != id))
        {
            json.WriteStringValue(alias);
        }

        json.WriteEndArray();
        json.WriteNull("deprecation");
        json.WriteString("type", "base");
        json.WriteEndObject();
    }
}
