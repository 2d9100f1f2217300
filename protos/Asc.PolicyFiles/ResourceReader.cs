using System.Globalization;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Validation;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Asc.PolicyFiles;

/// <summary>
/// One YAML document to one resource, walked against the protobuf messages' own descriptors: field names are their JSON names, and what the
/// descriptor doesn't know is an error. Goes on after an error, so that all are told at once.
/// </summary>
internal sealed class ResourceReader(string file, Action<FileProblem> report)
{
    // An empty one says so too, where the catalogue says otherwise.
    private static readonly FieldDescriptor[] NothingIfAbsent =
        [ModelSpec.Descriptor.FindFieldByNumber(ModelSpec.UnsupportedFieldNumber), Reasoning.Descriptor.FindFieldByNumber(Reasoning.EffortsFieldNumber)];

    private readonly Dictionary<string, (int Line, int Column)> positions = new(StringComparer.Ordinal);
    private string kind = "";

    public LocatedResource? Read(YamlNode root, int lastLine)
    {
        if (root is YamlScalar { IsNull: true })
        {
            return null;
        }

        if (root is not YamlMapping document)
        {
            Error(root, "", "wrong_type", "a policy document is an object", "begin it with apiVersion, kind, metadata and spec");
            return null;
        }

        kind = ReadKind(document) ?? "";
        var resource = kind switch
        {
            "Provider" => new Resource { Provider = new() },
            "Model" => new Resource { Model = new() },
            "Route" => new Resource { Route = new() },
            "Workload" => new Resource { Workload = new() },
            "Tenant" => new Resource { Tenant = new() },
            _ => null,
        };
        if (resource is null)
        {
            return null;
        }

        resource.Metadata = new();
        foreach (var (key, value) in document.Entries)
        {
            Mark(key.Value, key);
            switch (key.Value)
            {
                case "apiVersion" or "kind":
                    break;
                case "metadata":
                    ReadMessage(value, "metadata", resource.Metadata);
                    break;
                case "spec":
                    ReadMessage(value, "spec", Spec(resource));
                    break;
                default:
                    Unknown(key, key.Value, ["apiVersion", "kind", "metadata", "spec"]);
                    break;
            }
        }

        CheckIdentity(document, resource);
        FillFromCatalogue(document, resource);
        return new(resource, file, document.Line, lastLine, positions);
    }

    private static IMessage Spec(Resource resource) => resource.SpecCase switch
    {
        Resource.SpecOneofCase.Provider => resource.Provider,
        Resource.SpecOneofCase.Model => resource.Model,
        Resource.SpecOneofCase.Route => resource.Route,
        Resource.SpecOneofCase.Workload => resource.Workload,
        _ => resource.Tenant,
    };

    private string? ReadKind(YamlMapping document)
    {
        if (document.Find("apiVersion")?.Value is not YamlScalar { Value: "asc/v1" })
        {
            Error(document.Find("apiVersion")?.Value ?? document, "apiVersion", "invalid_value", "apiVersion is not asc/v1", "write apiVersion: asc/v1");
        }

        if (document.Find("kind")?.Value is not YamlScalar scalar)
        {
            Error(document.Find("kind")?.Value ?? document, "kind", "required", "kind is missing", $"write one of {string.Join(", ", ResourceIdentity.Kinds)}");
            return null;
        }

        if (NotSupportedYet.Kinds.Contains(scalar.Value))
        {
            Error(scalar, "kind", "not_supported_yet", $"the kind {scalar.Value} is not supported yet", "remove the document");
        }
        else if (!ResourceIdentity.Kinds.Contains(scalar.Value))
        {
            var near = Suggestion.For(scalar.Value, ResourceIdentity.Kinds);
            Error(scalar, "kind", "unknown_kind", $"there is no kind \"{scalar.Value}\"", near is null ? $"write one of {string.Join(", ", ResourceIdentity.Kinds)}" : $"did you mean \"{near}\"?");
        }

        return scalar.Value;
    }

    // Tenants have a path, all else a name.
    private void CheckIdentity(YamlMapping document, Resource resource)
    {
        var (wanted, other) = kind == "Tenant" ? ("path", "name") : ("name", "path");
        if ((document.Find("metadata")?.Value as YamlMapping)?.Find(other) is { } wrong)
        {
            Error(wrong.Key, $"metadata.{other}", "unknown_field", $"a {kind} has no metadata.{other}", $"write metadata.{wanted}");
        }

        if (kind == "Tenant")
        {
            resource.Metadata.Name = "";
        }
        else
        {
            resource.Metadata.Path = "";
        }
    }

    private void FillFromCatalogue(YamlMapping document, Resource resource)
    {
        if (resource.Model?.Catalogue is not { Length: > 0 } name)
        {
            return;
        }

        if (ModelCatalogue.Find(name) is { } entry)
        {
            ModelCatalogue.Fill(resource.Model, entry.Model.Clone(), "spec", positions.ContainsKey);
            return;
        }

        var near = Suggestion.For(name, ModelCatalogue.All.Select(static known => known.Identity()));
        Error(
            ((YamlMapping)document.Find("spec")!.Value.Value).Find("catalogue")!.Value.Value, "spec.catalogue", "invalid_value", $"the catalogue has no \"{name}\"",
            near is null ? "\"asc catalogue\" lists what it has; or say yourself what the model can do" : $"did you mean \"{near}\"?");
    }

    private void ReadMessage(YamlNode node, string path, IMessage message)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is not YamlScalar { IsNull: true })
            {
                Error(node, path, "wrong_type", $"{path} is not an object", "write its fields below it, indented");
            }

            return;
        }

        foreach (var (key, value) in mapping.Entries)
        {
            var fieldPath = $"{path}.{key.Value}";
            Mark(fieldPath, key);
            if (message.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == key.Value) is { } field)
            {
                ReadField(value, fieldPath, message, field);
            }
            else if (NotSupportedYet.Fields.Contains($"{kind}.{Unindexed(fieldPath)}"))
            {
                Error(key, fieldPath, "not_supported_yet", $"{fieldPath} is not supported yet: it would not be enforced", "remove it");
            }
            else
            {
                Unknown(key, fieldPath, message.Descriptor.Fields.InDeclarationOrder().Select(known => known.JsonName));
            }
        }
    }

    private void ReadField(YamlNode value, string path, IMessage message, FieldDescriptor field)
    {
        // As if it were absent, which may mean all: whoever has commented out every item of a list means something else.
        if (value is YamlScalar { IsNull: true })
        {
            var isList = field.IsRepeated || (field.FieldType == FieldType.Message && field.MessageType == NameList.Descriptor);
            Error(value, path, "required", $"{path} has no value", isList ? "list something, write [] for nothing, or remove it" : "write one, or remove it");
            return;
        }

        if (field.IsMap)
        {
            ReadMap(value, path, field.MessageType.FindFieldByName("value"), (System.Collections.IDictionary)field.Accessor.GetValue(message));
        }
        else if (field.IsRepeated)
        {
            ReadSequence(value, path, field, (System.Collections.IList)field.Accessor.GetValue(message));
        }
        else if (ReadValue(value, path, field) is { } read)
        {
            field.Accessor.SetValue(message, read);
        }
    }

    private void ReadSequence(YamlNode value, string path, FieldDescriptor field, System.Collections.IList list)
    {
        if (value is not YamlSequence sequence)
        {
            Error(value, path, "wrong_type", $"{path} is not a list", "write [a, b], or one item a line after \"- \"");
            return;
        }

        // Absent they say that all is meant, or what is usual; whoever writes an empty one means something else.
        if (sequence.Items.Count == 0 && field.FieldType == FieldType.Enum && !NothingIfAbsent.Contains(field))
        {
            Error(value, path, "required", $"{path} is an empty list, which would be as if it were absent", "list at least one, or remove it");
        }

        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var itemPath = $"{path}[{i}]";
            Mark(itemPath, sequence.Items[i]);
            if (ReadValue(sequence.Items[i], itemPath, field) is not { } read)
            {
                continue;
            }

            // Texts are judged by what they mean, in their own rules; of these nothing is left to judge.
            if (field.FieldType == FieldType.Enum && list.Cast<object>().Any(earlier => Convert.ToInt32(earlier, CultureInfo.InvariantCulture) == (int)read))
            {
                Error(sequence.Items[i], itemPath, "duplicate", $"\"{((YamlScalar)sequence.Items[i]).Value}\" is listed twice", "keep one");
            }

            list.Add(read);
        }
    }

    private object? ReadValue(YamlNode value, string path, FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Message when field.MessageType == NameList.Descriptor:
                var list = new NameList();
                ReadSequence(value, path, NameList.Descriptor.FindFieldByNumber(NameList.ValuesFieldNumber), list.Values);
                return value is YamlSequence ? list : null;
            case FieldType.Message when field.MessageType == Duration.Descriptor:
                return ReadDuration(value, path);
            case FieldType.Message:
                var message = field.MessageType.Parser.ParseFrom(ByteString.Empty);
                ReadMessage(value, path, message);
                return message;
            case FieldType.Enum:
                return ReadEnum(value, path, field.EnumType);
            case FieldType.String:
                return ReadString(value, path);
            case FieldType.UInt32:
                return ReadCount(value, path, uint.MaxValue) is { } small ? (object)(uint)small : null;
            case FieldType.UInt64:
                return ReadCount(value, path, ulong.MaxValue);
            case FieldType.Bool:
                return ReadFlag(value, path);
            default:
                throw new NotSupportedException($"{field.FullName}: no reader for {field.FieldType}");
        }
    }

    private string? ReadString(YamlNode value, string path)
    {
        if (value is YamlScalar { IsNull: false } scalar)
        {
            return scalar.Value;
        }

        Error(value, path, "wrong_type", $"{path} is not a text", "write a single value");
        return null;
    }

    private Duration? ReadDuration(YamlNode value, string path)
    {
        if (ReadString(value, path) is not { } text)
        {
            return null;
        }

        if (DurationText.Parse(text) is { } span)
        {
            return Duration.FromTimeSpan(span);
        }

        Error(value, path, "invalid_value", $"{path}: \"{text}\" is no duration", "write a whole number and its unit: 500ms, 2s, 10m or 1h");
        return null;
    }

    private ulong? ReadCount(YamlNode value, string path, ulong maximum)
    {
        if (ReadString(value, path) is not { } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= maximum)
        {
            return count;
        }

        Error(value, path, "invalid_value", $"{path}: \"{text}\" is not a whole number from 0 to {maximum}", "write digits only, e.g. 600");
        return null;
    }

    private bool? ReadFlag(YamlNode value, string path)
    {
        if (value is YamlScalar { IsPlain: true, Value: "true" or "false" } scalar)
        {
            return scalar.Value == "true";
        }

        Error(value, path, "wrong_type", $"{path} is not true or false", "write true or false");
        return null;
    }

    private object? ReadEnum(YamlNode value, string path, EnumDescriptor type)
    {
        if (ReadString(value, path) is not { } text)
        {
            return null;
        }

        // The zero value is "not declared" and can't be written.
        var names = type.Values.Where(known => known.Number != 0).ToDictionary(KebabNames.Of, known => known.Number, StringComparer.Ordinal);
        if (names.TryGetValue(text, out var number))
        {
            return number;
        }

        if (NotSupportedYet.Values.Contains($"{kind}.{Unindexed(path)}={text}"))
        {
            Error(value, path, "not_supported_yet", $"{path}: {text} is not supported yet", $"write {string.Join(" or ", names.Keys)}");
        }
        else
        {
            Error(value, path, "invalid_value", $"{path}: there is no \"{text}\"", $"write {string.Join(" or ", names.Keys)}");
        }

        return null;
    }

    private void ReadMap(YamlNode value, string path, FieldDescriptor field, System.Collections.IDictionary map)
    {
        if (value is not YamlMapping mapping)
        {
            Error(value, path, "wrong_type", $"{path} is not an object", "write { key: value }");
            return;
        }

        foreach (var (key, entry) in mapping.Entries)
        {
            Mark($"{path}.{key.Value}", key);
            if (ReadValue(entry, $"{path}.{key.Value}", field) is { } read)
            {
                map[key.Value] = read;
            }
        }
    }

    private void Mark(string path, YamlNode node) => positions[path] = (node.Line, node.Column);

    private void Unknown(YamlScalar key, string path, IEnumerable<string> known)
    {
        var names = known.ToArray();
        Error(key, path, "unknown_field", $"there is no field {path}", Suggestion.For(key.Value, names) is { } near ? $"did you mean \"{near}\"?" : $"fields here: {string.Join(", ", names)}");
    }

    private void Error(YamlNode node, string path, string code, string message, string fix) =>
        report(new(ProblemSeverity.Error, file, node.Line, node.Column, path, code, message, fix));

    private static string Unindexed(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\[\d+\]", "");
}
