using System.Collections;
using System.Text.Json.Nodes;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Asc.PolicyFiles;

/// <summary>A resource as people write it; what <see cref="PolicyFileReader"/> reads back to the same.</summary>
public static class ResourceWriter
{
    /// <summary>apiVersion, kind, metadata, spec; absent fields stay absent.</summary>
    public static JsonObject ToJson(Resource resource)
    {
        IMessage spec = resource.SpecCase switch
        {
            Resource.SpecOneofCase.Provider => resource.Provider,
            Resource.SpecOneofCase.Model => resource.Model,
            Resource.SpecOneofCase.Route => resource.Route,
            Resource.SpecOneofCase.Workload => resource.Workload,
            _ => resource.Tenant,
        };
        return new JsonObject { ["apiVersion"] = "asc/v1", ["kind"] = resource.Kind(), ["metadata"] = Write(resource.Metadata), ["spec"] = spec is ModelSpec model ? WriteModel(model) : Write(spec) };
    }

    // Read again, what isn't said would be the catalogue's.
    private static JsonObject WriteModel(ModelSpec model)
    {
        var json = Write(model);
        if (ModelCatalogue.Find(model.Catalogue)?.Model is not { } entry)
        {
            return json;
        }

        if (model.Unsupported.Count == 0 && entry.Unsupported.Count > 0)
        {
            json["unsupported"] = new JsonArray();
        }

        if (json["reasoning"] is JsonObject reasoning && entry.Reasoning is { } known)
        {
            if (model.Reasoning.Efforts.Count == 0 && known.Efforts.Count > 0)
            {
                reasoning["efforts"] = new JsonArray();
            }

            if (!model.Reasoning.ByBudget && known.ByBudget)
            {
                reasoning["byBudget"] = false;
            }
        }

        return json;
    }

    private static JsonObject Write(IMessage message)
    {
        var json = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
            {
                AddMap(json, field, (IDictionary)value);
            }
            else if (field.IsRepeated)
            {
                AddList(json, field, (IList)value);
            }
            else if ((!field.HasPresence || field.Accessor.HasValue(message)) && Write(field, value) is { } written)
            {
                json[field.JsonName] = written;
            }
        }

        return json;
    }

    private static void AddMap(JsonObject json, FieldDescriptor field, IDictionary map)
    {
        var valueField = field.MessageType.FindFieldByName("value");
        if (map.Count > 0)
        {
            var members = new JsonObject();
            foreach (DictionaryEntry entry in map)
            {
                members[(string)entry.Key] = Write(valueField, entry.Value);
            }

            json[field.JsonName] = members;
        }
    }

    private static void AddList(JsonObject json, FieldDescriptor field, IList list)
    {
        if (list.Count > 0)
        {
            var items = new JsonArray();
            foreach (var item in list)
            {
                items.Add(Write(field, item));
            }

            json[field.JsonName] = items;
        }
    }

    private static JsonNode? Write(FieldDescriptor field, object? value) => value switch
    {
        null or "" => null,
        NameList list => new JsonArray([.. list.Values.Select(item => (JsonNode?)JsonValue.Create(item))]),
        Duration duration => JsonValue.Create(DurationText.Of(duration.ToTimeSpan())),
        IMessage message => Write(message),
        string text => JsonValue.Create(text),
        bool flag => flag ? JsonValue.Create(true) : null,
        uint count => count == 0 && !field.HasPresence ? null : JsonValue.Create(count),
        ulong count => JsonValue.Create(count),
        _ when field.FieldType == FieldType.Enum => EnumName(field.EnumType, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{field.FullName}: no writer for {field.FieldType}"),
    };

    private static JsonValue? EnumName(EnumDescriptor type, int number) =>
        number != 0 && type.FindValueByNumber(number) is { } value ? JsonValue.Create(KebabNames.Of(value)) : null;
}
