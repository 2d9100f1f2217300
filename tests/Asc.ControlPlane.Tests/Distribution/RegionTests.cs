using System.Text;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.ControlPlane.Tests.Testing;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Evaluation;
using Google.Protobuf;

namespace Asc.ControlPlane.Tests.Distribution;

internal sealed class RegionTests
{
    [Test]
    public async Task A_region_learns_nothing_of_a_tenant_that_it_may_not_serve()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync([.. Sample.All, Sample.Tenant("acme/health/lab")]);
        await plane.KeyAsync("acme/health", "gpt-secret-project*");
        var token = (await plane.NodeTokenAsync("us")).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, "us");
        var offer = await node.NextOfferAsync();
        await node.ReadUntilAsync(() => node.Keys.Count == 1);

        var fetched = await plane.FetchAsync(token, node.Manifest!.Resources.Select(resource => resource.Sha256));
        var seen = Encoding.Latin1.GetString([.. offer.Manifest.Manifest, .. node.Entries.SelectMany(entry => entry.ToByteArray()), .. fetched.SelectMany(content => content.Content)]);
        Assert.That(seen, Does.Not.Contain("health").And.Not.Contain("gpt-secret-project"));
        Assert.That(node.Manifest.Elsewhere.Select(tenant => string.Join(',', tenant.Regions)), Is.EqualTo(new[] { "eu", "eu" }));
        Assert.That(node.Manifest.Elsewhere.Select(tenant => tenant.TenantId), Does.Contain(node.Keys.Values.Single().TenantId), "the key's tenant can be told to be elsewhere");
        Assert.That(node.Manifest.GoldenDecisions.Select(golden => golden.Tenant).Distinct(), Is.EquivalentTo(new[] { "acme", "acme/retail" }));
    }

    [Test]
    public async Task A_region_fetches_what_its_manifest_names_and_nothing_else()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var key = await plane.KeyAsync("acme/health", "gpt-*");
        var (eu, us) = ((await plane.NodeTokenAsync("eu")).Token, (await plane.NodeTokenAsync("us")).Token);
        await using var node = await TestNode.ConnectAsync(plane, eu, "eu");
        await node.NextOfferAsync();
        await node.ReadUntilAsync(() => node.Keys.ContainsKey(key.Key.Id));

        var all = await plane.FetchAsync(eu, node.Manifest!.Resources.Select(resource => resource.Sha256));
        Assert.That(all.Select(content => Resource.Parser.ParseFrom(content.Content)), Is.EquivalentTo(Sample.All));
        Assert.That(all, Has.All.Matches<ResourceContent>(content => content is not null && System.Security.Cryptography.SHA256.HashData(content.Content.Span).AsSpan().SequenceEqual(content.Sha256.Span)));
        var grant = node.Keys[key.Key.Id].GrantSha256;
        Assert.That(KeyGrant.Parser.ParseFrom((await plane.FetchAsync(eu, [grant])).Single().Content).Models, Is.EqualTo(new[] { "gpt-*" }));

        var health = node.Manifest.Resources.Single(resource => resource.Name == "acme/health").Sha256;
        foreach (var digest in new[] { health, grant, ByteString.CopyFrom(new byte[32]) })
        {
            Assert.That(await plane.FetchAsync(us, [digest]), Is.Empty, "what is another region's is like what is nowhere");
        }

        var shared = node.Manifest.Resources.Single(resource => resource.Name == "acme/retail").Sha256;
        Assert.That((await plane.FetchAsync(us, [health, shared, grant])).Select(content => content.Sha256), Is.EqualTo(new[] { shared }), "and keeps back nothing else");
    }

    [Test]
    public async Task A_region_that_appears_later_gets_its_manifest_made()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync("ap")).Token;
        await using (var node = await TestNode.ConnectAsync(plane, token, "ap"))
        {
            await node.NextOfferAsync();
            Assert.That(node.Manifest!.Elsewhere, Has.Count.EqualTo(3));
            Assert.That(node.Manifest.Resources.Select(resource => resource.Kind).Distinct(), Does.Not.Contain("Tenant"));
        }

        var restarted = await plane.RestartAsync();
        await using (restarted)
        {
            await using var node = await TestNode.ConnectAsync(restarted, token, "ap");
            await node.NextOfferAsync();
        }
    }

    [TestCase("eu", 3)]
    [TestCase("us", 2)]
    public async Task What_a_region_compiles_decides_as_its_manifest_says(string region, int tenants)
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.PublishAsync(Sample.All);
        var token = (await plane.NodeTokenAsync(region)).Token;
        await using var node = await TestNode.ConnectAsync(plane, token, region);
        await node.NextOfferAsync();
        var ids = node.Manifest!.Resources.Where(resource => resource.Kind == "Tenant").ToDictionary(resource => resource.Name, resource => resource.TenantId);
        var contents = await plane.FetchAsync(token, node.Manifest.Resources.Select(resource => resource.Sha256));
        var policy = PolicyCompiler.Compile(contents.Select(content => Resource.Parser.ParseFrom(content.Content)).ToDocument(ids.GetValueOrDefault), node.Manifest.Version);

        Assert.That(node.Manifest.GoldenDecisions, Has.Count.EqualTo(tenants * 3));
        foreach (var golden in node.Manifest.GoldenDecisions)
        {
            var decision = PolicyEvaluator.Evaluate(new RequestFacts(policy.FindTenant(golden.Tenant)!, policy.FindName(golden.Model), policy.Regions.BitOf(region), null, AccessSwitches.None));
            Assert.That((decision.Code.WireName(), decision.Candidate?.Provider.Name ?? ""), Is.EqualTo((golden.Code, golden.Provider)), golden.ToString());
        }
    }
}
