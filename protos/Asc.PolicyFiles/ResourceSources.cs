using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;

namespace Asc.PolicyFiles;

/// <summary>Where resources stand, as it is kept with the policy: for others to read, who have not the author's machine.</summary>
internal static class ResourceSources
{
    private const int LongestName = 256;
    private const int LinesAtMost = 400;
    private const string StandardInput = "stdin";

    public static ResourceSource Of(LocatedResource located)
    {
        var source = new ResourceSource { Kind = located.Resource.Kind(), Name = located.Resource.Identity(), File = NameOf(located.File), Line = (uint)located.FirstLine };
        foreach (var (path, (line, _)) in located.Positions.Where(position => IsField(position.Key)).OrderBy(position => position.Value).ThenBy(position => position.Key, StringComparer.Ordinal))
        {
            // What stands where the part around it does is found by that.
            if (source.Lines.Count < LinesAtMost && EnclosingLine(source, path) != line)
            {
                source.Lines[path] = (uint)line;
            }
        }

        return source;
    }

    /// <summary>
    /// As it was typed where that is relative; of a place on the author's machine the end. Whole files are named, and what a terminal would obey is taken out.
    /// </summary>
    public static string NameOf(string file)
    {
        if (file == "-")
        {
            return StandardInput;
        }

        var typed = Path.DirectorySeparatorChar == '/' ? file : file.Replace(Path.DirectorySeparatorChar, '/');
        var parts = typed.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        var name = string.Join('/', Path.IsPathRooted(file) ? parts.TakeLast(2) : parts);
        var printable = string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
        return printable.Length <= LongestName ? printable : printable[^LongestName..];
    }

    // Fields, and no entries of lists: rules are told by their field.
    private static bool IsField(string path) => path.StartsWith("spec", StringComparison.Ordinal) && !path.Contains('[', StringComparison.Ordinal) && path.Length <= LongestName;

    private static int EnclosingLine(ResourceSource source, string path)
    {
        for (var at = path; at.LastIndexOf('.') is var dot and > 0;)
        {
            at = at[..dot];
            if (source.Lines.TryGetValue(at, out var line))
            {
                return (int)line;
            }
        }

        return (int)source.Line;
    }
}
