using System.CommandLine;
using Asc.Cli.Connection;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;

namespace Asc.Cli.Commands;

/// <summary>What tightens at once, on every node, without publish: and its way back.</summary>
internal static class SwitchCommands
{
    public static Command Tenant(CommandRunner runner) => new("tenant", "Suspends and resumes tenants")
    {
        Switch(runner, "suspend", "Refuses all requests of a tenant and those below it", "Tenant", "suspended", off: true, SuspendAsync),
        Switch(runner, "resume", "Ends a suspension", "Tenant", "resumed", off: false, SuspendAsync),
    };

    public static Command Model(CommandRunner runner) => new("model", "Disables and enables models")
    {
        Switch(runner, "disable", "Serves a model to nobody", "Model", "disabled", off: true, DisableModelAsync),
        Switch(runner, "enable", "Ends that", "Model", "enabled", off: false, DisableModelAsync),
    };

    public static Command Provider(CommandRunner runner) => new("provider", "Disables and enables providers")
    {
        Switch(runner, "disable", "Sends a provider nothing", "Provider", "disabled", off: true, DisableProviderAsync),
        Switch(runner, "enable", "Ends that", "Provider", "enabled", off: false, DisableProviderAsync),
    };

    private static Command Switch(
        CommandRunner runner, string verb, string description, string kind, string done, bool off, Func<ControlPlane, string, bool, string, Task<SwitchResponse>> action)
    {
        var letter = kind == "Tenant" ? "P" : "N";
        var subject = new Argument<string>(letter) { Description = kind == "Tenant" ? "The tenant's path" : "Its name", HelpName = letter };
        subject.CompletionSources.Add(runner.Live.Of(kind));
        var reason = new Option<string>("--message", "-m") { Description = "Why: it stands in the record", HelpName = "WHY" };
        var command = new Command(verb, description) { subject, reason };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var name = parsed.GetValue(subject)!;
            var response = await action(controlPlane, name, off, parsed.GetValue(reason) ?? "");
            printer.Print(
                new SwitchShape(name, off, response.Changed, response.AccessSequence),
                ShapesJson.Readable.SwitchShape,
                (printer, shape) => printer.Line($"{shape.Subject} is {(shape.Changed ? "" : "already ")}{done}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Task<SwitchResponse> SuspendAsync(ControlPlane controlPlane, string path, bool off, string reason) =>
        controlPlane.Admin.SetTenantSuspendedAsync(new() { Path = path, Suspended = off, Reason = reason }, controlPlane.Call).ResponseAsync;

    private static Task<SwitchResponse> DisableModelAsync(ControlPlane controlPlane, string name, bool off, string reason) =>
        controlPlane.Admin.SetModelDisabledAsync(new() { Name = name, Disabled = off, Reason = reason }, controlPlane.Call).ResponseAsync;

    private static Task<SwitchResponse> DisableProviderAsync(ControlPlane controlPlane, string name, bool off, string reason) =>
        controlPlane.Admin.SetProviderDisabledAsync(new() { Name = name, Disabled = off, Reason = reason }, controlPlane.Call).ResponseAsync;
}
