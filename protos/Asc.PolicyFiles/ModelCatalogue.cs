using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Asc.PolicyFiles;

/// <summary>
/// What is known of current models, shipped with ASC (<c>ModelCatalogue.yaml</c>). A policy file's Model names its entry, <c>catalogue: gpt-5</c>, and gets what it
/// doesn't say itself as the file is read: what is signed and enforced is written out, and no later catalogue changes it. Nothing is guessed from a name.
/// </summary>
public static class ModelCatalogue
{
    private const string FileName = "ModelCatalogue.yaml";

    private static readonly Lazy<IReadOnlyDictionary<string, Resource>> Entries = new(Read);

    /// <summary>Models without deployments, in the file's order.</summary>
    public static IEnumerable<Resource> All => Entries.Value.Values;

    /// <summary>The entry of that name; null: there is none.</summary>
    public static Resource? Find(string name) => Entries.Value.GetValueOrDefault(name);

    /// <summary>Gives <paramref name="model"/> what it doesn't say and <paramref name="entry"/> does.</summary>
    /// <param name="model">As it was read.</param>
    /// <param name="entry">Of the same type.</param>
    /// <param name="path">Where it was read from, e.g. <c>spec</c>.</param>
    /// <param name="isSaid">Whether the file has something at a path, be it an empty list or a <c>false</c>.</param>
    internal static void Fill(IMessage model, IMessage entry, string path, Func<string, bool> isSaid)
    {
        foreach (var field in model.Descriptor.Fields.InDeclarationOrder())
        {
            var (accessor, fieldPath) = (field.Accessor, $"{path}.{field.JsonName}");
            if (field.HasPresence && accessor.HasValue(entry) && accessor.HasValue(model) && accessor.GetValue(model) is IMessage part)
            {
                Fill(part, (IMessage)accessor.GetValue(entry), fieldPath, isSaid);
            }
            else if (isSaid(fieldPath))
            {
                continue;
            }
            else if (field.IsRepeated)
            {
                var list = (System.Collections.IList)accessor.GetValue(model);
                foreach (var item in (System.Collections.IList)accessor.GetValue(entry))
                {
                    list.Add(item);
                }
            }
            else if (field.HasPresence ? accessor.HasValue(entry) : field.FieldType == FieldType.Bool && accessor.GetValue(entry) is true)
            {
                accessor.SetValue(model, accessor.GetValue(entry));
            }
        }
    }

    private static OrderedDictionary<string, Resource> Read()
    {
        using var reader = new StreamReader(typeof(ModelCatalogue).Assembly.GetManifestResourceStream(FileName)!);
        var files = PolicyFileReader.ReadText(FileName, reader.ReadToEnd());
        return files.Problems is [var problem, ..]
            ? throw new InvalidDataException($"{FileProblem.PlaceOf(problem.File, problem.Line, problem.Column)}: {problem.Message}")
            : new(files.Resources.Select(static resource => KeyValuePair.Create(resource.Identity(), resource)), StringComparer.Ordinal);
    }
}
