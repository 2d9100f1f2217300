using System.Globalization;
using Asc.ControlPlane.Mediation;
using Asc.ControlPlane.Policies;
using Asc.Contracts.Admin.V1;
using Asc.Policy.Compilation;
using Asc.Policy.Validation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Keys;

/// <summary>Makes a key for a tenant; in force on every node without a publish.</summary>
internal sealed record CreateKey(CreateKeyRequest Request) : ICommand<IssuedKey>
{
    private const int MaximumModels = 100;

    public string Action => "key.create";

    public string EventType => "key";

    public void Validate(ArgumentProblems problems)
    {
        problems.Text("tenant", Request.Tenant);
        problems.Text("name", Request.Name);
        problems.Text("owner", Request.Owner, required: false);
        KeyScopeRules.Check(Request, problems);
        problems.When(Request.Models.Count > MaximumModels, $"a key names at most {MaximumModels} models");
        KeyLimits.Validate(Request, problems);
        foreach (var model in Request.Models)
        {
            problems.Text("a model", model);
            problems.When(model.AsSpan(0, Math.Max(0, model.Length - 1)).Contains('*'), $"\"{model}\" is no pattern: a pattern is a name, or a prefix and \"*\"");
        }
    }
}

internal sealed class CreateKeyHandler(CommandContext context, KeyIssuer issuer, AccessLane lane, PolicyLibrary library, TimeProvider time)
    : IRequestHandler<CreateKey, IssuedKey>
{
    public async Task<IssuedKey> Handle(CreateKey command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var now = time.GetUtcNow();
        var expiresAt = request.ExpiresAt?.ToDateTimeOffset();
        if (expiresAt <= now)
        {
            throw new AdminException(AdminCodes.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"The key would have expired at {expiresAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} already."));
        }

        await lane.LockAsync(cancellationToken);
        var tenantId = await FindTenantAsync(request.Tenant, cancellationToken);
        var (key, secret) = await issuer.IssueAsync(request.Tenant, tenantId, request.Name, request.Owner, KeyScope.Of(request), KeyLimits.Of(request), expiresAt, cancellationToken);
        context.Record.Subject = key.Id;
        context.Record.Tenant = key.TenantPath;
        context.Record.KeyId = key.Id;
        context.Record.Change(null, key.ToRecord(now));
        return new IssuedKey { Key = key.ToWire(now), Secret = secret.Reveal(), Warnings = { await UnmatchedAsync(request.Models, cancellationToken), await UnusableAsync(request, cancellationToken) } };
    }

    // No error: what a key is narrowed to may be defined later.
    private async Task<IEnumerable<string>> UnmatchedAsync(IReadOnlyCollection<string> models, CancellationToken cancellation)
    {
        if (models.Count == 0)
        {
            return [];
        }

        var published = (await library.NewestAsync(context.Database, cancellation))?.Compiled.Names.Select(name => name.Name) ?? [];
        var drafted = await context.Database.DraftResources.Where(resource => resource.Kind == "Model" || resource.Kind == "Route").Select(resource => resource.Name).ToListAsync(cancellation);
        string[] names = [.. published.Union(drafted, StringComparer.Ordinal)];
        return models.Where(model => !Array.Exists(names, name => new NamePattern(model).Matches(name)))
            .Select(model => $"\"{model}\" matches no Model and no Route: {(Suggestion.For(model, names) is { } near ? $"did you mean \"{near}\"?" : "the key may use it once it is defined")}");
    }

    // No errors either: policy may come to know them. Until then the key is refused wherever it is used, so nobody is let through by mistake.
    private async Task<IEnumerable<string>> UnusableAsync(CreateKeyRequest request, CancellationToken cancellation)
    {
        var newest = await library.NewestAsync(context.Database, cancellation);
        return newest?.Compiled is { } policy && policy.FindTenant(request.Tenant) is { } tenant ? KeyScopeRules.Warnings(request, policy, tenant) : [];
    }

    private async Task<string> FindTenantAsync(string path, CancellationToken cancellation)
    {
        var newest = await library.NewestAsync(context.Database, cancellation);
        var isKnown = newest?.Compiled.FindTenant(path) is not null
            || await context.Database.DraftResources.AnyAsync(resource => resource.Kind == "Tenant" && resource.Name == path, cancellation);
        return isKnown
            ? await context.Database.TenantIdentities.Where(tenant => tenant.Path == path).Select(tenant => tenant.Id).SingleAsync(cancellation)
            : throw AdminException.NotFound(
                newest is null ? $"There is no tenant \"{path}\" in the draft, and nothing is published." : $"There is no tenant \"{path}\", neither in version {newest.Number} nor in the draft.",
                "asc get tenants lists them.");
    }
}
