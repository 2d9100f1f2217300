using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Signing;
using Asc.DataPlane.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.Functional.Tests;

/// <summary>A node that gets a version it must not enforce: the old one stays, and the admin sees why.</summary>
public sealed class RefusalJourney
{
    [Test]
    public async Task A_tampered_version_is_nacked_parked_and_explained_and_the_next_good_one_is_enforced()
    {
        var wire = new TamperedWire();
        await using var bed = await AscTestBed.StartAsync(composition => composition with
        {
            Node = (name, builder) =>
            {
                if (name == "eu-1")
                {
                    builder.Services.AddSingleton<ISignatureVerifier>(services => new Tampering(wire, new SignatureVerifier([.. services.GetRequiredService<DataPlane.DataPlaneOptions>().TrustedKeys.Select(VerifierKey.Parse)])));
                }
            },
        });

        wire.Tampers = true;
        await ApplyAsync(bed, "[chat-default]");
        var published = await bed.AscAsync("publish", "-m", "tampered with on its way to eu-1", "--wait", "-o", "json");
        Assert.That(published.ExitCode, Is.EqualTo(1));
        Assert.That(published.Error, Does.Contain("eu-1").And.Contain("nacked"));

        var node = (await bed.AscJsonAsync("get", "nodes"))["items"]!.AsArray().Single(item => item!["name"]!.GetValue<string>() == "eu-1")!;
        Assert.Multiple(() =>
        {
            Assert.That(node["state"]!.GetValue<string>(), Is.EqualTo("nacked"));
            Assert.That(node["version"]!.GetValue<int>(), Is.EqualTo(1), "the old one stays");
            Assert.That(node["reason"]!.GetValue<string>(), Does.Contain("does not fit its content"));
        });
        await bed.Client("eu", bed.RetailKey, "gpt-5-mini").CompleteChatAsync("Say hello");

        wire.Tampers = false;
        await ApplyAsync(bed, "[chat-default, gpt-5-mini]");
        var good = await bed.AscAsync("publish", "-m", "whole again", "--wait");
        Assert.That(good.ExitCode, Is.Zero, good.Error);
    }

    private static async Task ApplyAsync(AscTestBed bed, string models)
    {
        var file = Path.Combine(bed.Stack.Description.DataDir, "retail.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: asc/v1
            kind: Tenant
            metadata: { path: acme/retail }
            spec: { models: { allow: {{models}} }, residency: { allow: [eu, us] } }
            """);
        await bed.AscJsonAsync("apply", "-f", file);
    }

    private sealed class TamperedWire
    {
        public volatile bool Tampers;
    }

    /// <summary>The real check, on bytes that changed on their way.</summary>
    private sealed class Tampering(TamperedWire wire, ISignatureVerifier real) : ISignatureVerifier
    {
        public string? Problem(SignaturePurpose purpose, ReadOnlySpan<byte> content, Signature? signature)
        {
            byte[] received = [.. content];
            if (wire.Tampers && purpose == SignaturePurpose.Manifest)
            {
                received[^1] ^= 1;
            }

            return real.Problem(purpose, received, signature);
        }
    }
}
