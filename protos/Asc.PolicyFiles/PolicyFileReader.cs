using Asc.Policy.Validation;

namespace Asc.PolicyFiles;

/// <summary>Reads policy files: one or more YAML documents a file; a folder is read whole, in the order of names.</summary>
public static class PolicyFileReader
{
    // Of a file the runtime takes it off.
    private const char ByteOrderMark = '\uFEFF';

    /// <param name="paths">Files, folders, or "-" for <paramref name="standardInput"/>.</param>
    /// <param name="standardInput">What "-" means; null where there is none.</param>
    public static PolicyFileSet Read(IEnumerable<string> paths, TextReader? standardInput = null) => Read(problems => paths.SelectMany(path => TextsOf(path, standardInput, problems)));

    /// <summary>Reads a text that is no file of this machine, and is called <paramref name="name"/>.</summary>
    public static PolicyFileSet ReadText(string name, string text) => Read(_ => [(name, text)]);

    private static PolicyFileSet Read(Func<List<FileProblem>, IEnumerable<(string File, string Text)>> textsOf)
    {
        var problems = new List<FileProblem>();
        var located = new List<LocatedResource>();
        foreach (var (file, text) in textsOf(problems))
        {
            var before = located.Count;
            foreach (var (root, lastLine) in new YamlReader(file, problems.Add).Read(text))
            {
                if (new ResourceReader(file, problems.Add).Read(root, lastLine) is { } resource)
                {
                    located.Add(resource);
                }
            }

            if (located.Count == before && !problems.Exists(problem => problem.File == file))
            {
                problems.Add(new(ProblemSeverity.Warning, file, 1, 1, "", "empty_file", "the file declares nothing", "remove it"));
            }
        }

        return new(located, problems);
    }

    private static IEnumerable<(string File, string Text)> TextsOf(string path, TextReader? standardInput, List<FileProblem> problems)
    {
        if (path == "-" && standardInput is not null)
        {
            return [("-", standardInput.ReadToEnd().TrimStart(ByteOrderMark))];
        }

        if (Directory.Exists(path))
        {
            var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToArray();
            if (files.Length == 0)
            {
                problems.Add(new(ProblemSeverity.Error, path, 0, 0, "", "not_found", $"{path} holds no .yaml file", "name a file or a folder with policy files"));
            }

            return files.SelectMany(file => TextOf(file, problems));
        }

        return TextOf(path, problems);
    }

    private static IEnumerable<(string File, string Text)> TextOf(string file, List<FileProblem> problems)
    {
        try
        {
            return [(file, File.ReadAllText(file))];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new(ProblemSeverity.Error, file, 0, 0, "", "unreadable", $"there is no file or folder {file}", "check the path"));
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(ProblemSeverity.Error, file, 0, 0, "", "unreadable", $"{file} can't be read: {exception.Message}", "check the path and its permissions"));
            return [];
        }
    }
}
