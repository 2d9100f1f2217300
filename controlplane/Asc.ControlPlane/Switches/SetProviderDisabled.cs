using Asc.Contracts.Admin.V1;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Keys;
using Asc.ControlPlane.Mediation;
using Asc.Persistence;
using MediatR;

namespace Asc.ControlPlane.Switches;

/// <summary>Disables or enables a provider for everyone.</summary>
internal sealed record SetProviderDisabled(SetProviderDisabledRequest Request) : ICommand<SwitchResponse>
{
    public string Action => Request.Disabled ? "provider.disable" : "provider.enable";

    public string EventType => "admin";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("name", Request.Name);
        problems.Text("reason", Request.Reason, ColumnLengths.Message, required: false);
    }
}

internal sealed class SetProviderDisabledHandler(SwitchBoard switches) : IRequestHandler<SetProviderDisabled, SwitchResponse>
{
    public async Task<SwitchResponse> Handle(SetProviderDisabled command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!await switches.IsKnownAsync(AccessLane.Provider, request.Name, ["Provider"], request.Name, cancellationToken))
        {
            throw AdminException.NotFound($"There is no provider \"{request.Name}\".", "asc get providers lists them.");
        }

        var entry = new AccessEntry { Provider = new ProviderSwitch { Provider = request.Name, Disabled = request.Disabled } };
        return await switches.ThrowAsync(AccessLane.Provider, request.Name, $"Provider {request.Name}", request.Disabled, "disabled", request.Reason, entry, cancellationToken);
    }
}
