using Asc.Contracts.Admin.V1;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;

namespace Asc.ControlPlane.Policies;

/// <summary>What is taken as a source: it is kept with every version, and printed on terminals.</summary>
internal static class SourceChecks
{
    private const int LinesAtMost = 500;

    public static void Sources(this ArgumentProblems problems, IReadOnlyCollection<ResourceSource> sources)
    {
        foreach (var source in sources)
        {
            problems.Text("sources.kind", source.Kind, ColumnLengths.Kind);
            problems.Text("sources.name", source.Name);
            problems.Text("sources.file", source.File);
            problems.When(source.Lines.Count > LinesAtMost, $"sources.lines of {source.Kind} {source.Name} has more than {LinesAtMost} entries");
            problems.When(source.Lines.Keys.Any(path => path.Length > ColumnLengths.Name), $"sources.lines of {source.Kind} {source.Name} has a path of more than {ColumnLengths.Name} characters");
        }

        problems.When(sources.DistinctBy(source => (source.Kind, source.Name)).Count() < sources.Count, "sources names a resource twice");
    }
}
