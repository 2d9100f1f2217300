using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Asc.Cli.Connection;
using Asc.Contracts.Policy;
using Grpc.Core;

namespace Asc.Cli;

/// <summary>
/// Completions that the control plane knows. Whoever types must never wait: without an answer within a moment there are none.
/// An argument that has them needs a HelpName: else help shows them in its place.
/// </summary>
internal sealed class LiveNames(ConnectionOptions connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The names of one kind of resource.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> Of(string kind) => context => Ask(context, controlPlane =>
        controlPlane.Admin.ListResources(new() { Kind = kind }, controlPlane.Call).Resources.Select(listed => listed.Resource.Identity()));

    /// <summary>The ids of keys in force.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> Keys => context => Ask(context, controlPlane =>
        controlPlane.Admin.ListKeys(new(), controlPlane.Call).Keys.Where(key => key.State == "active").Select(key => key.Id));

    /// <summary>The numbers of published versions.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> Versions => context => Ask(context, controlPlane =>
        controlPlane.Admin.ListVersions(new(), controlPlane.Call).Versions.Select(version => version.Version_.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The names of the kind that the first argument says.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> OfKind(Argument<string> kind) => context => Commands.ResourceKinds.IsOf(context.ParseResult.GetValue(kind) ?? "", "key") ? Keys(context) :
        ResourceIdentity.Kinds.FirstOrDefault(known => known.Equals(context.ParseResult.GetValue(kind), StringComparison.OrdinalIgnoreCase)) is { } which ? Of(which)(context) : [];

    private CompletionItem[] Ask(CompletionContext context, Func<ControlPlane, IEnumerable<string>> question)
    {
        try
        {
            var (server, token) = connection.Resolve(context.ParseResult);
            using var patience = new CancellationTokenSource(Patience);
            using var controlPlane = new ControlPlane(server, token, patience.Token);
            return [.. question(controlPlane).Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal)).Select(name => new CompletionItem(name))];
        }
        catch (Exception exception) when (exception is CliException or RpcException)
        {
            return [];
        }
    }
}
