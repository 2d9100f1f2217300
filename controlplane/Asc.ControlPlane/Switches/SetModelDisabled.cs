using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;

namespace Asc.ControlPlane.Switches;

/// <summary>Disables or enables a model, or a route, for everyone.</summary>
internal sealed record SetModelDisabled(SetModelDisabledRequest Request) : ICommand<SwitchResponse>
{
    public string Action => Request.Disabled ? "model.disable" : "model.enable";

    public string EventType => "admin";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("name", Request.Name);
        problems.Text("reason", Request.Reason, ColumnLengths.Message, required: false);
    }
}

internal sealed class SetModelDisabledHandler(SwitchBoard switches) : IRequestHandler<SetModelDisabled, SwitchResponse>
{
    public async Task<SwitchResponse> Handle(SetModelDisabled command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!await switches.IsKnownAsync(AccessLane.Model, request.Name, ["Model", "Route"], request.Name, cancellationToken))
        {
            throw AdminException.NotFound($"There is no model or route \"{request.Name}\".", "asc get models lists them.");
        }

        var entry = new AccessEntry { Model = new ModelSwitch { Model = request.Name, Disabled = request.Disabled } };
        return await switches.ThrowAsync(AccessLane.Model, request.Name, $"Model {request.Name}", request.Disabled, "disabled", request.Reason, entry, cancellationToken);
    }
}
