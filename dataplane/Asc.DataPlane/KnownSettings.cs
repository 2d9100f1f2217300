using Asc.Policy.Validation;

namespace Asc.DataPlane;

/// <summary>What a node can be told. A setting that nobody reads would be a mistake that nobody notices.</summary>
internal static class KnownSettings
{
    private const string Prefix = "--Asc:";

    private static readonly string[] Names = [.. typeof(DataPlaneOptions).GetProperties().Select(property => property.Name)];

    /// <exception cref="InvalidOperationException">An argument is no option.</exception>
    public static void Check(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                // Not repeated: it may be half of a secret.
                throw new InvalidOperationException($"argument {i + 1} is no option: options are --Asc:NAME VALUE.");
            }

            var flag = arguments[i].Split('=', 2)[0];
            var isOurs = flag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
            if (!isOurs || !IsKnown(flag[Prefix.Length..]))
            {
                throw new InvalidOperationException($"there is no option {flag}{Meant(flag[(isOurs ? Prefix.Length : 2)..], Prefix, "options are --Asc:NAME VALUE")}");
            }

            if (flag.Length == arguments[i].Length && ++i == arguments.Length)
            {
                throw new InvalidOperationException($"{flag} needs a value.");
            }
        }
    }

    /// <exception cref="InvalidOperationException">File, environment or flags say something that is no setting.</exception>
    public static void Check(IConfigurationSection settings)
    {
        var unknown = settings.GetChildren().Select(child => child.Key).Where(key => !IsKnown(key))
            .Select(key => $"there is no setting Asc:{key}{Meant(key, "Asc:", "remove it")}").ToArray();
        if (unknown.Length > 0)
        {
            throw new InvalidOperationException(string.Join(" ", unknown));
        }
    }

    // Of a list's setting the first part: TrustedKeys:0.
    private static bool IsKnown(string setting) => Names.Contains(setting.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    private static string Meant(string setting, string prefix, string otherwise) =>
        Suggestion.For(setting.ToUpperInvariant(), Names.Select(name => name.ToUpperInvariant())) is { } near
            ? $": did you mean {prefix}{Names.First(name => name.Equals(near, StringComparison.OrdinalIgnoreCase))}?"
            : $": {otherwise}.";
}
