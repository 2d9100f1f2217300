using System.Text;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Google.Protobuf;

namespace Asc.Functional.Tests;

/// <summary>A node that gets a version it must not enforce: the old one stays, the admin sees why, and the next good one is enforced.</summary>
public sealed class RefusalJourney
{
    private AscTestBed bed = null!;
    private WireRelay relay = null!;
    private int published;

    [OneTimeSetUp]
    public async Task StartAll()
    {
        relay = await WireRelay.StartAsync();
        bed = await AscTestBed.StartAsync(composition => composition with
        {
            Node = (name, builder) =>
            {
                if (name == "eu-1")
                {
                    relay.Join(builder);
                }
            },
        });
        // What comes before is older then, not the same.
        await PublishGoodAsync();
    }

    [OneTimeTearDown]
    public async Task StopAll()
    {
        await bed.DisposeAsync();
        await relay.DisposeAsync();
    }

    [Test]
    public Task What_was_tampered_with_is_refused() => AssertRefusedAsync(
        signed =>
        {
            byte[] received = [.. signed.Manifest];
            received[^1] ^= 1;
            return new() { Manifest = ByteString.CopyFrom(received), Signature = signed.Signature };
        },
        "Signature: ", "does not fit its content");

    [Test]
    public Task What_nobody_signed_is_refused() => AssertRefusedAsync(signed => new() { Manifest = signed.Manifest }, "Signature: ", "it is not signed");

    [Test]
    public Task What_a_stranger_signed_in_the_signer_s_name_is_refused() => AssertRefusedAsync(
        signed => Sign(SigningKey.Generate("asc-dev"), signed.Manifest), "Signature: ", "which this node does not trust");

    [Test]
    public Task What_was_signed_once_and_is_older_is_refused() => AssertRefusedAsync(
        _ => relay.Seen[0], "Older: ", "version 1 (epoch 1) is not newer than version");

    [Test]
    public Task What_is_signed_and_does_not_compile_is_refused() => AssertRefusedAsync(
        signed =>
        {
            var manifest = Manifest.Parser.ParseFrom(signed.Manifest);
            manifest.Resources.Remove(manifest.Resources.Single(resource => resource.Kind == "Model" && resource.Name == "gpt-5-mini"));
            var signer = SigningKey.Parse(File.ReadAllText(Path.Combine(bed.Stack.Description.DataDir, "signing.key")));
            return Sign(signer, manifest.ToByteString());
        },
        "Invalid: ", "chat-default", "gpt-5-mini");

    private static SignedManifest Sign(SigningKey key, ByteString manifest) => new() { Manifest = manifest, Signature = key.Sign(SignaturePurpose.Manifest, manifest.Span) };

    private async Task AssertRefusedAsync(Func<SignedManifest, SignedManifest> change, params string[] why)
    {
        var (_, before, _) = await NodeAsync();
        relay.Change = change;
        var bad = await PublishAsync();
        Assert.That(bad.ExitCode, Is.EqualTo(1));
        Assert.That(bad.Error, Does.Contain("eu-1").And.Contain("nacked"));

        var (state, version, reason) = await NodeAsync();
        Assert.That((state, version), Is.EqualTo(("nacked", before)), "the old one stays");
        Assert.That(why.Where(part => !reason.Contains(part, StringComparison.Ordinal)), Is.Empty, reason);
        Assert.That(await ServingVersionAsync(), Is.EqualTo(before));

        relay.Change = null;
        await PublishGoodAsync();
        Assert.That(await ServingVersionAsync(), Is.GreaterThan(before));
    }

    private async Task PublishGoodAsync()
    {
        var good = await PublishAsync();
        Assert.That(good.ExitCode, Is.Zero, good.Error);
    }

    private async Task<CliResult> PublishAsync()
    {
        var file = Path.Combine(bed.Stack.Description.DataDir, "retail.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail, labels: { publish: "{{++published}}" } }
            spec: { models: { allow: [chat-default] }, residency: { allow: [eu, us] } }
            """);
        await bed.AscJsonAsync("apply", "-f", file);
        return await bed.AscAsync("publish", "-m", "on its way to eu-1", "--wait", "-o", "json");
    }

    private async Task<(string State, int Version, string Reason)> NodeAsync()
    {
        var node = (await bed.AscJsonAsync("get", "nodes"))["items"]!.AsArray().Single(item => item!["name"]!.GetValue<string>() == "eu-1")!;
        return (node["state"]!.GetValue<string>(), node["version"]!.GetValue<int>(), node["reason"]?.GetValue<string>() ?? "");
    }

    // A request is served, and says by which version.
    private async Task<int> ServingVersionAsync()
    {
        using var client = new HttpClient { BaseAddress = bed.Node("eu").Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("{\"model\":\"chat-default\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + bed.RetailKey);
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return int.Parse(response.Headers.GetValues("x-asc-policy-version").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
