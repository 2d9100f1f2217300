using System.Text.RegularExpressions;

namespace Asc.Policy.Validation;

/// <summary>Names can stand in URLs, headers, file names and patterns without disguise.</summary>
internal sealed partial class NamesAreWellFormed : IPolicyRule
{
    private const int PathMaximum = 256;

    public IEnumerable<PolicyProblem> Check(ValidationContext context)
    {
        var document = context.Document;
        return
        [
            .. document.Providers.Where(provider => !Plain().IsMatch(provider.Name))
                .Select(provider => Problem("Provider", provider.Name, "metadata.name", "lower-case letters, digits, \"-\" and \".\", 63 at most, a letter or digit first")),
            .. document.Models.Where(model => !Model().IsMatch(model.Name))
                .Select(model => Problem("Model", model.Name, "metadata.name", "letters, digits and \"-._:/\", 128 at most, a letter or digit first")),
            .. document.Routes.Where(route => !Model().IsMatch(route.Name))
                .Select(route => Problem("Route", route.Name, "metadata.name", "letters, digits and \"-._:/\", 128 at most, a letter or digit first")),
            .. document.Workloads.Where(workload => !AttributionNames.IsName(workload.Name))
                .Select(workload => Problem("Workload", workload.Name, "metadata.name", "lower-case letters, digits and \"-\", 63 at most, a letter or digit first")),
            .. document.Tenants.Where(tenant => tenant.Path.Length > PathMaximum || !Path().IsMatch(tenant.Path))
                .Select(tenant => Problem("Tenant", tenant.Path, "metadata.path", $"segments of lower-case letters, digits and \"-\", joined by \"/\", {PathMaximum} characters at most")),
        ];
    }

    private static PolicyProblem Problem(string kind, string name, string path, string rule) => name.Length == 0
        ? Problems.Required(kind, name, path, kind switch { "Tenant" => "path: acme/health", "Workload" => "name: batch", _ => "name: gpt-5-mini" })
        : Problems.Error(kind, name, path, "invalid_name", $"\"{name}\" is not a name for a {kind}", $"use {rule}");

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,62}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Plain();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex Model();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
