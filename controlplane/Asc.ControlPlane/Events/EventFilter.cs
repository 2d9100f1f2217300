using System.Diagnostics.CodeAnalysis;
using Asc.Contracts.Admin.V1;
using Asc.Persistence;
using Asc.Persistence.Events;

namespace Asc.ControlPlane.Events;

/// <summary>Which events are asked for, as conditions that the database judges.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, and ordinally.")]
internal sealed class EventFilter(StreamEventsRequest request)
{
    private readonly (string From, string End) below = TenantRange.Below(request.Tenant);
    private readonly DateTimeOffset since = request.Since?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;

    // What only requests have can't be said of an admin's doing.
    private readonly bool requestsOnly = request is not { Model: "", Rule: "" } || request.Outcome is not ("" or "ok");

    public IQueryable<RequestRecord> Requests(IQueryable<RequestRecord> rows)
    {
        if (request.Type is not ("" or EventMapping.RequestType))
        {
            return rows.Where(_ => false);
        }

        rows = request.Since is null ? rows : rows.Where(row => row.At >= since);
        rows = request.Tenant == "" ? rows : rows.Where(row => row.Tenant == request.Tenant || (string.Compare(row.Tenant, below.From) >= 0 && string.Compare(row.Tenant, below.End) < 0));
        rows = request.KeyId == "" ? rows : rows.Where(row => row.KeyId == request.KeyId);
        rows = request.Model == "" ? rows : rows.Where(row => row.RequestedModel == request.Model || row.ServedModel == request.Model);
        rows = request.Provider == "" ? rows : rows.Where(row => row.Provider == request.Provider);
        rows = request.Outcome == "" ? rows : rows.Where(row => row.Outcome == request.Outcome);
        var (first, between, last) = ($"{request.Rule},", $",{request.Rule},", $",{request.Rule}");
        rows = request.Rule == "" ? rows : rows.Where(row => row.Rule == request.Rule || row.Code == request.Rule || row.ObservedRule == request.Rule
            || row.ObservedRule.StartsWith(first) || row.ObservedRule.Contains(between) || row.ObservedRule.EndsWith(last));
        return request.RequestId == "" ? rows : rows.Where(row => row.RecordId == request.RequestId);
    }

    public IQueryable<AdminRecord> Admin(IQueryable<AdminRecord> rows)
    {
        if (requestsOnly || request.Type == EventMapping.RequestType)
        {
            return rows.Where(_ => false);
        }

        rows = request.Since is null ? rows : rows.Where(row => row.At >= since);
        rows = request.Type == "" ? rows : rows.Where(row => row.Type == request.Type);
        rows = request.Tenant == "" ? rows : rows.Where(row => row.Tenant == request.Tenant || (string.Compare(row.Tenant, below.From) >= 0 && string.Compare(row.Tenant, below.End) < 0));
        rows = request.KeyId == "" ? rows : rows.Where(row => row.KeyId == request.KeyId);
        rows = request.Provider == "" ? rows : rows.Where(row => row.Provider == request.Provider);
        return request.RequestId == "" ? rows : rows.Where(row => row.RequestId == request.RequestId);
    }
}
