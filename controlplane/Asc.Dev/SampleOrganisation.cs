using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.Policy.Validation;
using Asc.PolicyFiles;

namespace Asc.Dev;

/// <summary>The policy that an empty store gets, and this run's demo keys.</summary>
internal static class SampleOrganisation
{
    private const string KeyName = "demo";

    // In the repository, and line for line what is applied.
    private const string SampleFile = "Asc.Dev/SamplePolicy.yaml";

    /// <summary>Applies and publishes the given policy, or the sample, where nothing has been published yet.</summary>
    /// <returns>Whether it did: a store that has a policy keeps it.</returns>
    /// <exception cref="DevException">The policy has errors.</exception>
    public static async Task<bool> PublishAsync(DevControlPlane controlPlane, string? policyPath, Uri? simulator, CancellationToken cancellation)
    {
        var files = Read(policyPath, simulator);
        var versions = await controlPlane.Admin.ListVersionsAsync(new() { Limit = 1 }, controlPlane.Call, cancellationToken: cancellation);
        if (versions.Versions.Count > 0)
        {
            return false;
        }

        var apply = new ApplyRequest();
        apply.Resources.AddRange(files.Resources);
        apply.Sources.AddRange(files.Sources);
        await controlPlane.Admin.ApplyAsync(apply, controlPlane.Call, cancellationToken: cancellation);
        await controlPlane.Admin.PublishAsync(new() { Message = policyPath is null ? "the sample organisation" : $"from {policyPath}" }, controlPlane.Call, cancellationToken: cancellation);
        return true;
    }

    private static PolicyFileSet Read(string? policyPath, Uri? simulator)
    {
        var files = policyPath is null ? PolicyFileReader.ReadText(SampleFile, SampleText(simulator)) : PolicyFileReader.Read([policyPath]);
        var errors = files.Validate().Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            var first = errors[0];
            throw new DevException($"{FileProblem.PlaceOf(first.File, first.Line, first.Column)}: {first.Message}; {first.Fix}{(errors.Length > 1 ? $" (and {errors.Length - 1} more errors: asc validate -f {policyPath})" : "")}");
        }

        return files;
    }

    /// <summary>A demo key for each published tenant without children; those of the run before die.</summary>
    public static async Task<IReadOnlyList<DevKey>> RotateKeysAsync(DevControlPlane controlPlane, CancellationToken cancellation)
    {
        var old = await controlPlane.Admin.ListKeysAsync(new(), controlPlane.Call, cancellationToken: cancellation);
        foreach (var key in old.Keys.Where(key => key is { Name: KeyName, State: "active" }))
        {
            await controlPlane.Admin.RevokeKeyAsync(new() { Id = key.Id }, controlPlane.Call, cancellationToken: cancellation);
        }

        // Of what is in force: a tenant of the draft has no use for a key yet.
        var newest = (await controlPlane.Admin.ListVersionsAsync(new() { Limit = 1 }, controlPlane.Call, cancellationToken: cancellation)).Versions[0].Version_;
        var published = await controlPlane.Admin.GetVersionAsync(new() { Version = newest }, controlPlane.Call, cancellationToken: cancellation);
        var paths = published.Resources.Where(resource => resource.Kind() == "Tenant").Select(resource => resource.Identity()).ToArray();
        var keys = new List<DevKey>();
        foreach (var path in paths.Where(path => !paths.Any(other => other.StartsWith(path + "/", StringComparison.Ordinal))).Order(StringComparer.Ordinal))
        {
            var issued = await controlPlane.Admin.CreateKeyAsync(new() { Tenant = path, Name = KeyName }, controlPlane.Call, cancellationToken: cancellation);
            keys.Add(new(issued.Key.Id, path, KeyName, issued.Secret));
        }

        return keys;
    }

    private static string SampleText(Uri? simulator)
    {
        using var reader = new StreamReader(typeof(SampleOrganisation).Assembly.GetManifestResourceStream("SamplePolicy.yaml")!);
        return SampleProvider.All.Aggregate(reader.ReadToEnd(), (text, provider) => provider.PutInto(text, simulator));
    }
}
