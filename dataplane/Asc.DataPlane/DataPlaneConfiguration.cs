using System.ComponentModel.DataAnnotations;
using System.Net;
using Asc.Contracts.Settings;
using Asc.Contracts.Signing;

namespace Asc.DataPlane;

/// <summary>Reads a node's options: appsettings.json, environment (<c>Asc__…</c>), flags; lowest precedence first.</summary>
public static class DataPlaneConfiguration
{
    private static readonly SettingNames Settings = new(typeof(DataPlaneOptions));

    /// <exception cref="InvalidOperationException">An option is missing or wrong; the message names it and says how to mend it.</exception>
    public static DataPlaneOptions Read(string[] arguments)
    {
        Check(Settings.ProblemOf(arguments));
        var configuration = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(arguments)
            .Build();
        Check(Settings.ProblemOf(configuration.GetSection("Asc").GetChildren().Select(setting => setting.Key)));
        var options = new DataPlaneOptions();
        configuration.GetSection("Asc").Bind(options);
        if (options.NodeTokenFile is { } file)
        {
            options.NodeToken = File.ReadAllText(file).Trim();
        }

        Check(options);
        return options;
    }

    private static void Check(string? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException(problem);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static void Check(DataPlaneOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        var messages = problems.Select(problem => $"Asc:{problem.MemberNames.FirstOrDefault()}: {problem.ErrorMessage}").Concat(OwnRules(options)).ToArray();
        if (messages.Length > 0)
        {
            throw new InvalidOperationException(string.Join(" ", messages));
        }
    }

    private static IEnumerable<string> OwnRules(DataPlaneOptions options)
    {
        if (options.ClientHeadTimeout <= TimeSpan.Zero || options.ClientIdleTimeout <= TimeSpan.Zero)
        {
            yield return "Asc:ClientHeadTimeout and Asc:ClientIdleTimeout are spans of time, as 00:00:15.";
        }

        if (options.ClientRateGrace <= TimeSpan.FromSeconds(1))
        {
            yield return "Asc:ClientRateGrace is more than a second, as 00:00:05: clients are looked at once a second.";
        }

        if (options.NodeToken.Length == 0)
        {
            yield return "Asc:NodeToken is missing: issue one with \"asc node token create --pool N --region R\".";
        }

        if (!IPAddress.TryParse(options.ListenAddress, out _))
        {
            yield return $"Asc:ListenAddress \"{options.ListenAddress}\" is not an IP address.";
        }

        if (!IPAddress.TryParse(options.AdminAddress, out _))
        {
            yield return $"Asc:AdminAddress \"{options.AdminAddress}\" is not an IP address.";
        }

        if (!options.ControlPlane.IsAbsoluteUri)
        {
            yield return $"Asc:ControlPlane \"{options.ControlPlane}\" is not a URL: write e.g. https://asc.example.com:8443.";
        }
        else if (options.ControlPlane.Scheme != Uri.UriSchemeHttps && !options.ControlPlane.IsLoopback)
        {
            yield return $"Asc:ControlPlane {options.ControlPlane}: cleartext is for loopback addresses only; use https.";
        }

        foreach (var key in options.TrustedKeys)
        {
            if (Problem(key) is { } problem)
            {
                yield return $"Asc:TrustedKeys: {problem}.";
            }
        }
    }

    private static string? Problem(string key)
    {
        try
        {
            VerifierKey.Parse(key);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
