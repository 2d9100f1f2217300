using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Switches;

/// <summary>Suspends or resumes a tenant and those below it.</summary>
internal sealed record SetTenantSuspended(SetTenantSuspendedRequest Request) : ICommand<SwitchResponse>
{
    public string Action => Request.Suspended ? "tenant.suspend" : "tenant.resume";

    public string EventType => "admin";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("path", Request.Path);
        problems.Text("reason", Request.Reason, ColumnLengths.Message, required: false);
    }
}

internal sealed class SetTenantSuspendedHandler(CommandContext context, SwitchBoard switches) : IRequestHandler<SetTenantSuspended, SwitchResponse>
{
    public async Task<SwitchResponse> Handle(SetTenantSuspended command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var id = await context.Database.TenantIdentities.Where(tenant => tenant.Path == request.Path).Select(tenant => tenant.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is null || !await switches.IsKnownAsync(AccessLane.Tenant, id, ["Tenant"], request.Path, cancellationToken))
        {
            throw AdminException.NotFound($"There is no tenant \"{request.Path}\".", "asc get tenants lists them.");
        }

        context.Record.Tenant = request.Path;
        var entry = new AccessEntry { Tenant = new TenantSwitch { TenantId = id, Suspended = request.Suspended } };
        return await switches.ThrowAsync(AccessLane.Tenant, id, $"Tenant {request.Path}", request.Suspended, "suspended", request.Reason, entry, cancellationToken);
    }
}
