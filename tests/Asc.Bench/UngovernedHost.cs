using System.Net;
using Asc.DataPlane;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Resilience;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Stages;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.OpenAiCompatible;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Contracts.Distribution.V1;
using Microsoft.Extensions.Logging.Abstractions;

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
        var failures = new ProviderFailures(TimeProvider.System, NullLogger<ProviderFailures>.Instance);
        var board = new HealthBoard(TimeProvider.System, new ResilienceLog(NullLogger<ResilienceLog>.Instance));
        board.Adopt(compiled);
        var options = new DataPlaneOptions();
        var read = new ReadRequest(options);
        var caller = new ProviderCaller(new EgressDoor(TimeProvider.System), new ClientHeaderFilter(), new ProviderDialects(new OpenAiProvider(new UsageInjection()), new ResponsesProvider(), new CompatibleProvider(new UsageInjection()), new AnthropicProvider(), new MistralProvider()), failures, options, TimeProvider.System);
        var stream = new StreamResponse(failures, node, TimeProvider.System);
        var workload = compiled.FindWorkload("interactive")!;
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
            exchange.Tenant = compiled.FindTenantById("t_bench");
            if (await read.EnterAsync(exchange))
            {
                exchange.Candidate = exchange.Name!.Candidates[0];
                exchange.Workload = workload;
                exchange.Attempt.Begin(exchange, exchange.Candidate, board.Of(exchange.Name)[0], isLast: true);
                exchange.Attempt.Credential = credential;
                await caller.CallAsync(exchange.Attempt, http.RequestAborted);
                _ = exchange.Attempt.Error is null && await stream.EnterAsync(exchange);
                await exchange.Attempt.ReleaseAsync();
            }

            exchange.Reset();
            exchanges.Add(exchange);
        });
        await application.RunAsync();
    }
}
