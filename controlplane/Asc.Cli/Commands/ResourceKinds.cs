using System.CommandLine;
using Asc.Contracts.Policy;

namespace Asc.Cli.Commands;

/// <summary>Kinds of resource as they are typed: any case, singular or plural.</summary>
internal static class ResourceKinds
{
    public static Argument<string> Argument()
    {
        var argument = new Argument<string>("KIND") { Description = "tenant, provider, model, route or workload" };
        argument.CompletionSources.Add("tenant", "provider", "model", "route", "workload");
        return argument;
    }

    /// <exception cref="CliException">There is no such kind.</exception>
    public static string Of(string typed) => ResourceIdentity.Kinds.FirstOrDefault(kind =>
            kind.Equals(typed, StringComparison.OrdinalIgnoreCase) || (kind + "s").Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? throw new CliException(ExitCode.Usage, "unknown_kind", $"There is no kind \"{typed}\".", "Write tenant, provider, model, route or workload.");
}
