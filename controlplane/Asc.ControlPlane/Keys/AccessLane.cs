using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Persistence;
using Asc.Persistence.Keys;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary>Appends to the access sequence, within a command's transaction. Each subject stands there once, in its newest state.</summary>
internal sealed class AccessLane(CommandContext context)
{
    public const string Key = "key";
    public const string Tenant = "tenant";
    public const string Model = "model";
    public const string Provider = "provider";

    /// <summary>Whoever changes keys or switches takes turns from here on.</summary>
    public Task LockAsync(CancellationToken cancellation) => context.Database.RaiseAsync(CounterNames.Access, 0, cancellation);

    /// <summary>The subject as it stands; null where it was never touched.</summary>
    public Task<AccessSubject?> FindAsync(string kind, string subjectId, CancellationToken cancellation) =>
        context.Database.AccessSubjects.SingleOrDefaultAsync(subject => subject.Kind == kind && subject.SubjectId == subjectId, cancellation);

    /// <summary>The subject's new state; returns its sequence number.</summary>
    /// <param name="withheld">Whether it withholds something.</param>
    public async Task<ulong> AppendAsync(string kind, string subjectId, bool withheld, AccessEntry entry, CancellationToken cancellation)
    {
        var sequence = await context.Database.RaiseAsync(CounterNames.Access, 1, cancellation);
        entry.Sequence = (ulong)sequence;
        var bytes = CanonicalResource.Serialize(entry);
        if (await FindAsync(kind, subjectId, cancellation) is { } subject)
        {
            (subject.Sequence, subject.Withheld, subject.Entry) = (sequence, withheld, bytes);
        }
        else
        {
            context.Database.AccessSubjects.Add(new() { Kind = kind, SubjectId = subjectId, Sequence = sequence, Withheld = withheld, Entry = bytes });
        }

        return entry.Sequence;
    }
}
