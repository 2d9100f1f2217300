using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.Functional.Tests;

/// <summary>What Asc.Dev issued for one run is worth nothing in the next.</summary>
public sealed class DevTokensTests
{
    [Test]
    public async Task Node_tokens_of_the_run_before_are_revoked()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        string[] old;
        await using (var before = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            old = [.. before.Stack.Nodes.Select(node => node.Services.GetRequiredService<DataPlaneOptions>().NodeToken)];
            Assert.That(await StatusAsync(before, old[0]), Is.EqualTo(StatusCode.OK));
        }

        await using (var after = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            foreach (var token in old)
            {
                Assert.That(await StatusAsync(after, token), Is.EqualTo(StatusCode.Unauthenticated));
            }

            Assert.That(await StatusAsync(after, after.Stack.Nodes[1].Services.GetRequiredService<DataPlaneOptions>().NodeToken), Is.EqualTo(StatusCode.OK));
        }

        Directory.Delete(kept, recursive: true);
    }

    [Test]
    public async Task A_tenant_of_the_draft_has_no_demo_key_and_a_suspended_one_keeps_nothing_from_starting()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        await using (var before = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            var admin = before.Stack.ControlPlane;
            await admin.Admin.ApplyAsync(new() { Resources = { new Contracts.Policy.V1.Resource { Metadata = new() { Path = "acme/new" }, Tenant = new() } } }, admin.Call);
            await admin.Admin.SetTenantSuspendedAsync(new() { Path = "acme", Suspended = true }, admin.Call);
        }

        await using (var after = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            Assert.That(after.Stack.Description.Keys.Select(key => key.Tenant), Is.EqualTo(new[] { "acme/health", "acme/retail" }));
            Assert.That(await after.Stack.FindFirstRequestAsync(CancellationToken.None), Is.Null, "nothing that would work");
        }

        Directory.Delete(kept, recursive: true);
    }

    [Test]
    public async Task A_store_that_was_thrown_away_knows_none_of_them()
    {
        var kept = Directory.CreateTempSubdirectory("asc-kept-").FullName;
        await File.WriteAllTextAsync(Path.Combine(kept, "node-tokens"), "unknown\n\n");
        await using (var bed = await AscTestBed.StartAsync(dataDirectory: kept))
        {
            Assert.That(await File.ReadAllTextAsync(Path.Combine(kept, "node-tokens")), Does.Not.Contain("unknown"));
        }

        Directory.Delete(kept, recursive: true);
    }

    private static async Task<StatusCode> StatusAsync(AscTestBed bed, string token)
    {
        using var channel = GrpcChannel.ForAddress(bed.Stack.ControlPlane.Address);
        using var call = new Telemetry.TelemetryClient(channel).Report(new Metadata { { "authorization", "Bearer " + token } });
        try
        {
            await call.RequestStream.CompleteAsync();
            await call.ResponseStream.MoveNext(CancellationToken.None);
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
