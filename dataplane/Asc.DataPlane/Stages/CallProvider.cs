using System.Runtime.CompilerServices;
using System.Text;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that what follows has a provider's successful answer, its head read. Ends the call when the client leaves.</summary>
internal sealed class CallProvider(EgressDoor door, IClientHeaderFilter headers, IUsageInjection usage, ProviderFailures failures) : IStage
{
    private const int ErrorBodyMaximum = 64 * 1024;
    private static readonly TimeSpan ErrorBodyPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstEventPatience = TimeSpan.FromSeconds(120);
    // An answer that comes whole comes when all of it has been generated.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(10);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var candidate = exchange.Candidate!;
        // No provider sees what another one was sent.
        exchange.UpstreamHeaders.Clear();
        headers.Forward(exchange.Http.Request.Headers, candidate.Provider.Document.ForwardsTraceContext, exchange.UpstreamHeaders);
        exchange.Attempts++;
        exchange.Upstream = await door.OpenAsync(exchange.Tenant!, candidate, exchange.Credential!, exchange.UpstreamHeaders, exchange.Http.RequestAborted);
        exchange.Upstream.Expect(exchange.Request.Stream ? FirstEventPatience : AnswerPatience);
        await exchange.Upstream.SendAsync(
            exchange.UpstreamHeaders,
            ForwardedChatBody.Of(exchange.Body.Memory, exchange.Request, candidate.UpstreamModelJson, usage.IsNeeded(exchange.Request), exchange.OutputMember));
        await exchange.Upstream.ReadHeadAsync();
        exchange.UpstreamStatus = exchange.Upstream.Head.Status;
        if (exchange.UpstreamStatus == StatusCodes.Status200OK)
        {
            return true;
        }

        await ReadErrorAsync(exchange, exchange.Upstream);
        return false;
    }

    public ValueTask LeaveAsync(GatewayExchange exchange)
    {
        if (exchange.Fault is UpstreamException { Failure: not UpstreamFailure.ClientLeft and var failure })
        {
            // It is the provider's, and a stage further in may have met it.
            failures.Tell(exchange.Candidate!.Provider.Name, failure, exchange.Fault.Message);
            exchange.Fault = null;
            exchange.Fail(Describe(exchange, failure));
        }

        if (exchange.Upstream is not { } upstream)
        {
            return default;
        }

        exchange.Upstream = null;
        exchange.HasSent |= upstream.HasSent;
        return upstream.ReleaseAsync();
    }

    private static GatewayError Describe(GatewayExchange exchange, UpstreamFailure failure)
    {
        var provider = exchange.Candidate!.Provider.Name;
        return failure switch
        {
            UpstreamFailure.TimedOut => new(ErrorCode.ProviderTimeout, $"{provider} did not answer in time."),
            UpstreamFailure.Refused => new(ErrorCode.ProviderError, $"{provider} has an address that its declaration does not cover: tell your platform team.") { LastsUntilMended = true },
            UpstreamFailure.Unreachable => new(ErrorCode.ProviderError, $"{provider} can't be reached."),
            UpstreamFailure.Malformed => new(ErrorCode.ProviderError, $"{provider} answered with something that is not HTTP."),
            _ => new(ErrorCode.ProviderError, $"{provider} cut the connection before it had answered."),
        };
    }

    private static async ValueTask ReadWhatComesAsync(UpstreamConnection upstream, PooledBody body)
    {
        try
        {
            await body.ReadAsync(upstream.Body, null, ErrorBodyMaximum, CancellationToken.None);
        }
        catch (UpstreamException exception) when (exception.Failure != UpstreamFailure.ClientLeft)
        {
            // The status says enough.
        }
    }

    private static async ValueTask ReadErrorAsync(GatewayExchange exchange, UpstreamConnection upstream)
    {
        var retryAfter = Encoding.ASCII.GetString(upstream.Head["retry-after"u8]);
        var body = new PooledBody();
        try
        {
            upstream.Expect(ErrorBodyPatience);
            await ReadWhatComesAsync(upstream, body);
            exchange.Fail(UpstreamErrorReader.Read(exchange.Candidate!.Provider.Name, exchange.UpstreamStatus, body.Span, retryAfter));
        }
        finally
        {
            body.Clear();
        }
    }
}
