using System.Xml.Linq;

namespace Asc.Architecture.Tests;

/// <summary>A project as its file says, not as it was last built.</summary>
internal sealed class Project
{
    private Project(string file)
    {
        var xml = XDocument.Parse(SourceTree.Read(file));
        var folder = Path.GetDirectoryName(file)!;
        (File, Name, Sdk) = (file, Path.GetFileNameWithoutExtension(file), (string?)xml.Root!.Attribute("Sdk") ?? "");
        References = [.. Included(xml, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];
        Packages = [.. Included(xml, "PackageReference")];
        Frameworks = [.. Included(xml, "FrameworkReference")];
        AssemblyName = xml.Descendants("AssemblyName").Select(element => element.Value).FirstOrDefault() ?? Name;
        Folder = folder;
    }

    public static IReadOnlyDictionary<string, Project> All { get; } = SourceTree.Files
        .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(file => new Project(file))
        .ToDictionary(project => project.Name, StringComparer.Ordinal);

    public static Project Named(string name) => All.TryGetValue(name, out var project) ? project : throw new InvalidOperationException($"There is no project {name}.");

    public string File { get; }

    public string Folder { get; }

    public string Name { get; }

    public string Sdk { get; }

    public string AssemblyName { get; }

    public IReadOnlyList<string> References { get; }

    public IReadOnlyList<string> Packages { get; }

    public IReadOnlyList<string> Frameworks { get; }

    /// <summary>Itself and what it references, directly or not.</summary>
    public IReadOnlyList<Project> Closure()
    {
        var (found, open) = (new List<Project>(), new Queue<Project>([this]));
        while (open.TryDequeue(out var project))
        {
            if (!found.Contains(project))
            {
                found.Add(project);
                project.References.Where(All.ContainsKey).Select(name => All[name]).ToList().ForEach(open.Enqueue);
            }
        }

        return found;
    }

    public override string ToString() => Name;

    internal static IEnumerable<string> Included(XDocument xml, string item) => xml.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
