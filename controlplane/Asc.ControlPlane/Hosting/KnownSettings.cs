using Asc.Policy.Validation;

namespace Asc.ControlPlane.Hosting;

/// <summary>What a control plane can be told. A setting that nobody reads would be a mistake that nobody notices.</summary>
internal static class KnownSettings
{
    private const string Prefix = "--Asc:";

    private static readonly string[] Names = [.. typeof(ControlPlaneOptions).GetProperties().Select(property => property.Name)];

    /// <exception cref="ControlPlaneConfigurationException">An argument is no option.</exception>
    public static void Check(string[] arguments, IReadOnlyCollection<string> flags)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                // Not repeated: it may be half of a secret.
                throw new ControlPlaneConfigurationException($"argument {i + 1} is no option; there are {string.Join(", ", flags)}");
            }

            var flag = arguments[i].Split('=', 2)[0];
            var isSetting = flag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
            if (isSetting ? !IsKnown(flag[Prefix.Length..]) : !flags.Contains(flag))
            {
                throw new ControlPlaneConfigurationException(
                    $"there is no option {flag}: {(isSetting ? Meant(flag[Prefix.Length..], Prefix) : Suggestion.For(flag, flags) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", flags)}")}");
            }

            if (flag.Length == arguments[i].Length && ++i == arguments.Length)
            {
                throw new ControlPlaneConfigurationException($"{flag} needs a value");
            }
        }
    }

    /// <exception cref="ControlPlaneConfigurationException">File, environment or flags say something that is no setting.</exception>
    public static void Check(IConfigurationSection settings)
    {
        var unknown = settings.GetChildren().Select(child => child.Key).Where(key => !IsKnown(key)).Select(key => $"there is no setting Asc:{key}: {Meant(key, "Asc:")}").ToArray();
        if (unknown.Length > 0)
        {
            throw new ControlPlaneConfigurationException(string.Join("; ", unknown));
        }
    }

    private static bool IsKnown(string setting) => Names.Contains(setting, StringComparer.OrdinalIgnoreCase);

    private static string Meant(string setting, string prefix) =>
        Suggestion.For(setting.ToUpperInvariant(), Names.Select(name => name.ToUpperInvariant())) is { } near
            ? $"did you mean {prefix}{Names.First(name => name.Equals(near, StringComparison.OrdinalIgnoreCase))}?"
            : $"there are {string.Join(", ", Names)}";
}
