using System.Net;
using System.Runtime.CompilerServices;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that what follows has a provider's successful answer, its head read. Ends the call when the client leaves.</summary>
internal sealed class CallProvider(EgressDoor door, IClientHeaderFilter headers, IUsageInjection usage) : IStage
{
    private const int ErrorBodyMaximum = 64 * 1024;
    private static readonly TimeSpan FirstBytePatience = TimeSpan.FromSeconds(120);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask InvokeAsync(GatewayExchange exchange, NextStage next)
    {
        using var request = CreateRequest(exchange);
        exchange.Deadline.Begin(exchange.Http.RequestAborted);
        exchange.Deadline.Move(FirstBytePatience);
        exchange.Attempts++;
        try
        {
            using var response = await door.SendAsync(exchange.Tenant!, exchange.Candidate!, exchange.Credential!, request, exchange.Deadline.Token);
            exchange.Upstream = response;
            exchange.UpstreamStatus = (int)response.StatusCode;
            if ((int)response.StatusCode == StatusCodes.Status200OK)
            {
                await next(exchange);
            }
            else
            {
                await ReadErrorAsync(exchange, response);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !exchange.ClientLeft)
        {
            exchange.Fail(Describe(exchange, exception));
        }
        finally
        {
            exchange.Upstream = null;
            exchange.HasSent |= ((ForwardedChatBody)request.Content!).HasBegun;
        }
    }

    private static GatewayError Describe(GatewayExchange exchange, Exception exception)
    {
        var provider = exchange.Candidate!.Provider.Name;
        return exception switch
        {
            OperationCanceledException => new(ErrorCode.ProviderTimeout, $"{provider} did not answer in time."),
            HttpRequestException { InnerException: EgressRefusedException } => new(ErrorCode.ProviderError, $"{provider} has an address that its declaration does not cover: tell your platform team."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
                new(ErrorCode.ProviderError, $"{provider} can't be reached."),
            _ => new(ErrorCode.ProviderError, $"{provider} cut the connection before it had answered."),
        };
    }

    private static async ValueTask ReadErrorAsync(GatewayExchange exchange, HttpResponseMessage response)
    {
        var body = new PooledBody();
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(exchange.Deadline.Token);
            await body.ReadAsync(stream, null, ErrorBodyMaximum, exchange.Deadline.Token);
            var retryAfter = response.Headers.NonValidated.TryGetValues("retry-after", out var values) ? values.ToString() : null;
            exchange.Fail(UpstreamErrorReader.Read(exchange.Candidate!.Provider.Name, response.StatusCode, body.Span, retryAfter));
        }
        finally
        {
            body.Clear();
        }
    }

    private HttpRequestMessage CreateRequest(GatewayExchange exchange)
    {
        var candidate = exchange.Candidate!;
        var request = new HttpRequestMessage(HttpMethod.Post, candidate.Provider.ChatCompletionsUrl)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ForwardedChatBody(exchange.Body.Memory, exchange.Request, candidate.UpstreamModelJson, usage.IsNeeded(exchange.Request)),
        };
        headers.Forward(exchange.Http.Request.Headers, candidate.Provider.Document.ForwardsTraceContext, request);
        return request;
    }
}
