using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Shapes;

internal record ChangeShape(string Kind, string Name, string Op, string Text)
{
    public static ChangeShape Of(Change change) => new(change.Kind, change.Name, change.Op, change.Text);
}

/// <summary><c>revision</c> is the draft's, afterwards.</summary>
internal sealed record DeleteShape(string Kind, string Name, string Op, string Text, ulong Revision) : ChangeShape(Kind, Name, Op, Text)
{
    public static DeleteShape Of(DeleteResourceResponse response) =>
        new(response.Change.Kind, response.Change.Name, response.Change.Op, response.Change.Text, response.Revision);
}

/// <summary><c>to</c> is a version's number or "draft", <c>revision</c> the draft's where it is compared.</summary>
internal sealed record DiffShape(ulong From, object To, IReadOnlyList<ChangeShape> Changes, AffectedShape Affected, ulong? Revision)
{
    public static DiffShape Of(DiffResponse response) => new(
        response.From, response.HasTo ? response.To : "draft", [.. response.Changes.Select(ChangeShape.Of)],
        new([.. response.Affected?.Tenants ?? []], response.Affected?.Keys ?? 0), response.HasRevision ? response.Revision : null);
}

internal sealed record AffectedShape(IReadOnlyList<string> Tenants, uint Keys);

internal sealed record ApplyShape(bool DryRun, IReadOnlyList<ChangeShape> Changes, IReadOnlyList<ProblemShape> Warnings, ulong Revision);
