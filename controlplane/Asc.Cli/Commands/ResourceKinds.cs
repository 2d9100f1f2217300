using System.CommandLine;
using Asc.Contracts.Policy;

namespace Asc.Cli.Commands;

/// <summary>Kinds of resource as they are typed: any case, singular or plural.</summary>
internal static class ResourceKinds
{
    private static readonly string[] Names = ["tenant", "provider", "model", "route", "workload"];

    /// <param name="others">What else the command takes.</param>
    public static Argument<string> Argument(params string[] others)
    {
        var argument = new Argument<string>("KIND") { Description = List(others) };
        argument.CompletionSources.Add([.. Names, .. others]);
        return argument;
    }

    public static bool IsOf(string typed, string kind) => typed.Equals(kind, StringComparison.OrdinalIgnoreCase) || typed.Equals(kind + "s", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CliException">There is no such kind.</exception>
    public static string Of(string typed, params string[] others) => ResourceIdentity.Kinds.FirstOrDefault(kind => IsOf(typed, kind))
        ?? throw new CliException(ExitCode.Usage, "unknown_kind", $"There is no kind \"{typed}\".", $"Write {List(others)}.");

    private static string List(string[] others)
    {
        string[] all = [.. Names, .. others];
        return $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
