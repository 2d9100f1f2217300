using System.Collections.Immutable;
using Asc.Policy.Documents;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>Small policies in which names, regions and tenants collide often.</summary>
internal static class Gens
{
    private static readonly string[] Regions = ["eu", "us", "global"];
    private static readonly string[] Models = ["gpt-5", "gpt-5-mini", "o3"];
    private static readonly string[] Patterns = ["gpt-5", "gpt-5-mini", "o3", "chat", "gpt-*", "*", "o*"];
    public static readonly string[] Paths = ["a", "a/b", "a/b/c", "a/d"];
    public static readonly string[] Names = [.. Models, "chat", "nothing"];

    private static Gen<ImmutableArray<string>?> MaybeSome(string[] values) =>
        Gen.Select(Gen.Bool, Gen.OneOf(values).Array[0, 3]).Select((present, chosen) => present ? (ImmutableArray<string>?)[.. chosen.Distinct()] : null);

    // Often wide, else little would be allowed anywhere, and of what is allowed nothing be seen.
    private static Gen<ImmutableArray<string>?> Wide(string[] all, Gen<ImmutableArray<string>?> narrow) => Gen.OneOf(Gen.Const<ImmutableArray<string>?>([.. all]), Gen.Const<ImmutableArray<string>?>([.. all]), narrow);

    private static Gen<string[]> Seldom(Gen<string> some) => Gen.Select(Gen.Int[0, 3], some).Select((present, value) => present == 0 ? new[] { value } : []);

    private static readonly Gen<TenantDocument> Rules = Gen.Select(Wide(["*"], MaybeSome(Patterns)), Seldom(Gen.OneOf(Patterns)), Wide(Regions, MaybeSome(Regions)))
        .Select((allow, deny, regions) => new TenantDocument("", allow, [.. deny], regions));

    private static readonly Gen<TenantDocument> Tenants = Gen.Select(Rules, AttributionGens.Rules)
        .Select((tenant, said) => tenant with { Tags = said.Tags, Workloads = said.Workloads, DataClasses = said.DataClasses });

    private static readonly Gen<ImmutableArray<string>?> DeploymentAttestations = Gen.Select(Gen.Bool, AttributionGens.Some(AttributionGens.Attestations)).Select((own, attested) => own ? attested : (ImmutableArray<string>?)null);

    public static Gen<PolicyDocument> Policy { get; } = Gen.Select(
        Tenants.Array[Paths.Length],
        Gen.Select(Gen.Int[0, 2], Gen.OneOf<string?>(null, "eu", "us"), DeploymentAttestations).Array[0, 3].Array[Models.Length],
        Gen.OneOf(Models).Array[1, 3],
        AttributionGens.Some(AttributionGens.Attestations).Array[Regions.Length],
        AttributionGens.Declared(Patterns, [.. Models, "chat"]))
        .Select((tenants, deployments, targets, attested, workloads) => new PolicyDocument(
            [.. Regions.Select((region, i) => new ProviderDocument($"p-{region}", ProviderProtocol.OpenAi, $"https://{region}.example", "s", region) { Attestations = attested[i] })],
            [.. Models.Select((model, i) => new ModelDocument(model, [.. deployments[i].Select((deployment, n) => new DeploymentDocument($"p-{Regions[deployment.Item1]}", $"{model}-{n}", deployment.Item2, deployment.Item3))]))],
            [new RouteDocument("chat", [.. targets.Distinct().Select(target => new RouteTargetDocument(target))])],
            [.. tenants.Select((tenant, i) => tenant with { Path = Paths[i], Id = $"t{i}" })]) { Workloads = workloads });
}
