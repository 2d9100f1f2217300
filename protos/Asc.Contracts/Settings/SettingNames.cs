using System.Diagnostics.CodeAnalysis;
using Asc.Policy.Validation;

namespace Asc.Contracts.Settings;

/// <summary>What a plane's program can be told. A setting that nobody reads would be a mistake that nobody notices.</summary>
/// <param name="options">The type whose properties are the settings: each is <c>Asc:NAME</c> in a file, <c>Asc__NAME</c> in the environment, <c>--Asc:NAME</c> as an option.</param>
/// <param name="flags">Options with a name of their own, e.g. "--port".</param>
public sealed class SettingNames([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options, params IReadOnlyCollection<string> flags)
{
    private const string Prefix = "--Asc:";
    private readonly string[] names = [.. options.GetProperties().Select(property => property.Name)];

    /// <summary>What is wrong with a command line of options and their values; null where nothing is.</summary>
    public string? ProblemOf(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                // Not repeated: it may be half of a secret.
                return $"argument {i + 1} is no option: {All}";
            }

            var flag = arguments[i].Split('=', 2)[0];
            if (!flags.Contains(flag) && !(flag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && IsKnown(flag[Prefix.Length..])))
            {
                return $"there is no option {flag}: {Near(flag) ?? All}";
            }

            if (flag.Length == arguments[i].Length && ++i == arguments.Count)
            {
                return $"{flag} needs a value";
            }
        }

        return null;
    }

    /// <summary>What is wrong with settings, by the names that stand below <c>Asc</c>; null where nothing is.</summary>
    public string? ProblemOf(IEnumerable<string> settings)
    {
        var unknown = settings.Where(setting => !IsKnown(setting))
            .Select(setting => $"there is no setting Asc:{setting}: {NearSetting(setting, "Asc:") ?? $"there are {string.Join(", ", names)}"}").ToArray();
        return unknown.Length > 0 ? string.Join("; ", unknown) : null;
    }

    private string All => flags.Count > 0 ? $"there are {string.Join(", ", flags)}" : $"options are {Prefix}NAME VALUE";

    // Of a list's setting the first part: TrustedKeys:0.
    private bool IsKnown(string setting) => names.Contains(setting.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    private string? Near(string flag)
    {
        if (flag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return NearSetting(flag[Prefix.Length..], Prefix);
        }

        return Suggestion.For(flag, flags) is { } near ? $"did you mean {near}?" : NearSetting(flag.TrimStart('-'), Prefix);
    }

    private string? NearSetting(string setting, string prefix) =>
        Suggestion.For(setting.ToUpperInvariant(), names.Select(name => name.ToUpperInvariant())) is { } near
            ? $"did you mean {prefix}{names.First(name => name.Equals(near, StringComparison.OrdinalIgnoreCase))}?"
            : null;
}
