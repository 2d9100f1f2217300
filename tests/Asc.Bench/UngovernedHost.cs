using System.Net;
using Asc.DataPlane;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Stages;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Contracts.Distribution.V1;

namespace Asc.Bench;

/// <summary>Read, call, stream: no key, no tenant, no rule, no record. What remains is the price of being a proxy.</summary>
internal static class UngovernedHost
{
    public static async Task RunAsync(int port, Uri upstream)
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var document = new PolicyDocument(
            [new ProviderDocument("bench", ProviderProtocol.OpenAi, upstream.ToString(), "bench", "eu", PrivateNetwork: true)],
            [new ModelDocument("gpt-5-mini", [new DeploymentDocument("bench", "gpt-5-mini")])], [],
            [new TenantDocument("bench", ["gpt-5-mini"], default, ["eu"], "t_bench")]);
        var compiled = PolicyCompiler.Compile(document, 1);
        var policy = new EnforcedPolicy(new Snapshot(new(), new Manifest { Version = 1 }, Google.Protobuf.ByteString.Empty, new Dictionary<Google.Protobuf.ByteString, Google.Protobuf.ByteString>()), compiled, "eu");
        var node = new NodeIdentity("ungoverned", "eu", 1);
        var (read, call, stream) = (new ReadRequest(new DataPlaneOptions()), new CallProvider(new EgressDoor(TimeProvider.System), new ClientHeaderFilter(), new UsageInjection(), new ProviderFailures(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProviderFailures>.Instance)), new StreamResponse(new UsageInjection(), node, TimeProvider.System));
        var credential = new ProviderCredential("bench", "provider-secret");

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port)).UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        var application = builder.Build();
        var exchanges = new System.Collections.Concurrent.ConcurrentBag<GatewayExchange>();
        application.Run(async http =>
        {
            var exchange = exchanges.TryTake(out var pooled) ? pooled : new GatewayExchange();
            exchange.Begin(http, connection: null, policy, AccessSwitches.None, TimeProvider.System);
            (exchange.Tenant, exchange.Credential) = (compiled.FindTenantById("t_bench"), credential);
            if (await read.EnterAsync(exchange))
            {
                exchange.Candidate = exchange.Name!.Candidates[0];
                _ = await call.EnterAsync(exchange) && await stream.EnterAsync(exchange);
                await call.LeaveAsync(exchange);
            }

            exchange.Reset();
            exchanges.Add(exchange);
        });
        await application.RunAsync();
    }
}
