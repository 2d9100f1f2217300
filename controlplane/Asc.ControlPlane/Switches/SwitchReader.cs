using System.Collections.Frozen;
using Asc.ControlPlane.Keys;
using Asc.Persistence;
using Asc.Policy.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Switches;

/// <summary>What is switched off now.</summary>
internal static class SwitchReader
{
    public static async Task<AccessSwitches> ReadAsync(ControlPlaneContext database, CancellationToken cancellation)
    {
        var sequence = await database.Counters.Where(counter => counter.Name == CounterNames.Access).Select(counter => counter.Value).SingleAsync(cancellation);
        var withheld = await database.AccessSubjects.AsNoTracking()
            .Where(subject => subject.Withheld && subject.Kind != AccessLane.Key)
            .Select(subject => new { subject.Kind, subject.SubjectId })
            .ToListAsync(cancellation);
        FrozenSet<string> Of(string kind) => withheld.Where(subject => subject.Kind == kind).Select(subject => subject.SubjectId).ToFrozenSet(StringComparer.Ordinal);
        return new AccessSwitches((ulong)sequence, Of(AccessLane.Tenant), Of(AccessLane.Model), Of(AccessLane.Provider));
    }
}
