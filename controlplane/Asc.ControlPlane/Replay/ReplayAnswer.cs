using Asc.Contracts.Admin.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Replay;

/// <summary>What a replay found, as it is told: whom it touches most comes first.</summary>
internal static class ReplayAnswer
{
    // A message has an end, and so has a reader's patience.
    private const int ExamplesMaximum = 300;
    private const int ReasonsMaximum = 1000;

    private static readonly ReplayKind[] Told = [ReplayKind.NewlyDenied, ReplayKind.NewlyPermitted, ReplayKind.MayPass, ReplayKind.Rerouted, ReplayKind.DeniedOtherwise];

    public static ReplayResponse Of(ReplayTally tally, CompiledPolicy against)
    {
        var totals = new ReplayCounts();
        foreach (var counts in tally.Tenants.Values)
        {
            totals.Add(counts);
        }

        var tenants = tally.Tenants.Where(tenant => tenant.Key.Length > 0)
            .OrderByDescending(tenant => tenant.Value.Changed).ThenBy(tenant => tenant.Key, StringComparer.Ordinal).ToArray();
        var changes = tenants.Where(tenant => tenant.Value.Changed > 0)
            .SelectMany(tenant => Told.SelectMany(kind => tally.Examples.GetValueOrDefault((tenant.Key, kind))?.Changes ?? []));
        return new ReplayResponse
        {
            Totals = totals.ToWire(),
            Tenants = { tenants.Select(tenant => new ReplayedTenant { Tenant = tenant.Key, Totals = tenant.Value.ToWire() }) },
            Reasons =
            {
                tally.Reasons.OrderByDescending(reason => reason.Value)
                    .ThenBy(reason => reason.Key.Kind).ThenBy(reason => reason.Key.Rule, StringComparer.Ordinal).ThenBy(reason => reason.Key.Origin, StringComparer.Ordinal)
                    .Take(ReasonsMaximum)
                    .Select(reason => new Contracts.Admin.V1.ReplayReason
                    {
                        Kind = NameOf(reason.Key.Kind), Code = reason.Key.Code, Rule = reason.Key.Rule, Origin = reason.Key.Origin, Requests = reason.Value,
                    }),
            },
            Examples = { changes.Take(ExamplesMaximum).Select(change => Example(change, against)) },
        };
    }

    private static ReplayExample Example(ReplayedChange change, CompiledPolicy against)
    {
        var (record, replayed) = (change.Record, change.Replayed);
        return new()
        {
            Kind = NameOf(replayed.Kind),
            RequestId = record.Id,
            At = record.StartedAt ?? new Timestamp(),
            Tenant = change.Tenant,
            Model = record.RequestedModel,
            PolicyVersion = record.PolicyVersion,
            Before = Text(replayed.Before),
            After = Text(replayed.After),
            Code = replayed.After.Code,
            Rule = replayed.After.Rule,
            Origin = replayed.After.Origin,
            Message = Message(change, against),
        };
    }

    private static string Message(ReplayedChange change, CompiledPolicy against)
    {
        var (record, replayed) = (change.Record, change.Replayed);
        if (replayed.Facts is not { } facts)
        {
            return $"There is no tenant {change.Tenant} in {against.Title}: its keys would not be known.";
        }

        if (replayed.Kind == ReplayKind.Rerouted)
        {
            return $"\"{record.RequestedModel}\" goes to {replayed.After.First}, and no longer to {replayed.Before.First}.";
        }

        if (replayed.Kind == ReplayKind.MayPass)
        {
            return $"{change.Tenant} may use \"{record.RequestedModel}\" where there is room: {replayed.Before.Rule} refused it and is raised, gone or only observed; how full it and other limits would be is not known.";
        }

        if (replayed.After.IsAllowed)
        {
            return RecordReplay.IsUnread(record)
                ? $"{change.Tenant} may be served in {record.Region}. The request was refused before it was read: what it asked for is not known."
                : $"{change.Tenant} may use \"{record.RequestedModel}\".";
        }

        return DenialMessage.For(against, facts, RecordReplay.Decide(facts, record), record.RequestedModel, record.Region);
    }

    private static string Text(in Verdict verdict) => verdict.IsAllowed ? verdict.First?.ToString() ?? "permitted" : verdict.Code;

    private static string NameOf(ReplayKind kind) => kind switch
    {
        ReplayKind.NewlyDenied => "newlyDenied",
        ReplayKind.NewlyPermitted => "newlyPermitted",
        ReplayKind.MayPass => "mayPass",
        ReplayKind.Rerouted => "rerouted",
        ReplayKind.DeniedOtherwise => "deniedOtherwise",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
