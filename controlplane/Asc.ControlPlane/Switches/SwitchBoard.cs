using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;

namespace Asc.ControlPlane.Switches;

/// <summary>Throws a switch within a command's transaction. Switches only withhold: no version undoes one.</summary>
internal sealed class SwitchBoard(CommandContext context, AccessLane lane, PolicyLibrary library)
{
    /// <summary>Whether the newest version or the draft declares such a thing, or a switch of it was thrown before.</summary>
    public async Task<bool> IsKnownAsync(string kind, string subjectId, string[] resourceKinds, string name, CancellationToken cancellation)
    {
        if (await lane.FindAsync(kind, subjectId, cancellation) is not null)
        {
            return true;
        }

        var (draft, _) = await PolicyLibrary.DraftAsync(context.Database, cancellation);
        var newest = await library.NewestAsync(context.Database, cancellation);
        return resourceKinds.Any(resourceKind => draft.Find(resourceKind, name) is not null || newest?.Content.Find(resourceKind, name) is not null);
    }

    /// <param name="kind">One of <see cref="AccessLane"/>'s.</param>
    /// <param name="subjectId">A tenant's id; a model's or provider's name.</param>
    /// <param name="subject">What it is to people.</param>
    /// <param name="withheld">Suspended or disabled.</param>
    /// <param name="word">What withheld is called: "suspended" or "disabled".</param>
    /// <param name="reason">Why.</param>
    /// <param name="entry">The state as nodes are told it.</param>
    public async Task<SwitchResponse> ThrowAsync(
        string kind, string subjectId, string subject, bool withheld, string word, string reason, AccessEntry entry, CancellationToken cancellation)
    {
        await lane.LockAsync(cancellation);
        var was = (await lane.FindAsync(kind, subjectId, cancellation))?.Withheld ?? false;
        var changed = was != withheld;
        var sequence = changed
            ? await lane.AppendAsync(kind, subjectId, withheld, entry, cancellation)
            : (ulong)await context.Database.RaiseAsync(CounterNames.Access, 0, cancellation);
        context.Record.Subject = subject;
        context.Record.Provider = kind == AccessLane.Provider ? subjectId : "";
        context.Record.Reason = reason;
        context.Record.Change(new Dictionary<string, bool> { [word] = was }, new Dictionary<string, bool> { [word] = withheld });
        return new SwitchResponse { Changed = changed, AccessSequence = sequence };
    }
}
