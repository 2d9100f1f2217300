using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal sealed record ChangeShape(string Kind, string Name, string Op, string Text)
{
    public static ChangeShape Of(Change change) => new(change.Kind, change.Name, change.Op, change.Text);
}

/// <summary><c>to</c> is a version's number or "draft".</summary>
internal sealed record DiffShape(ulong From, object To, IReadOnlyList<ChangeShape> Changes, AffectedShape Affected)
{
    public static DiffShape Of(DiffResponse response) => new(
        response.From, response.HasTo ? response.To : "draft", [.. response.Changes.Select(ChangeShape.Of)],
        new([.. response.Affected?.Tenants ?? []], response.Affected?.Keys ?? 0));
}

internal sealed record AffectedShape(IReadOnlyList<string> Tenants, uint Keys);

internal sealed record ApplyShape(bool DryRun, IReadOnlyList<ChangeShape> Changes, IReadOnlyList<ProblemShape> Warnings, ulong Revision);
