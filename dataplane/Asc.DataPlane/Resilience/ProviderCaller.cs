using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Polly;

namespace Asc.DataPlane.Resilience;

/// <summary>
/// Makes one call: out through the door, until there is a whole answer or a stream's first token. Until then the client has been given nothing,
/// and another target may still serve it.
/// </summary>
internal sealed class ProviderCaller(EgressDoor door, IClientHeaderFilter headers, ProviderDialects dialects, ProviderFailures failures, DataPlaneOptions options, TimeProvider clock)
{
    private const int AnswerMaximum = 64 * 1024 * 1024;
    private const int ErrorBodyMaximum = 64 * 1024;
    private const int EventMaximum = 8 * 1024 * 1024;
    private static readonly TimeSpan ErrorBodyPatience = TimeSpan.FromSeconds(10);

    /// <summary>The attempt, and in it how the call ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome<Attempt>> CallAsync(Attempt attempt, CancellationToken abandoned)
    {
        attempt.Forget();
        attempt.Dialect = dialects.Of(attempt.Candidate.Provider, attempt.Candidate.OperationFor(attempt.Exchange.Request.Shape));
        attempt.StartedTimestamp = clock.GetTimestamp();
        try
        {
            var connection = await SendAsync(attempt, abandoned);
            await connection.ReadHeadAsync();
            attempt.Status = connection.Head.Status;
            attempt.ReportRegion(ReportedRegion.Of(connection.Head));
            await (attempt.Status == StatusCodes.Status200OK ? ReadAsync(attempt, connection) : ReadErrorAsync(attempt, connection));
        }
        catch (UpstreamException exception)
        {
            Fail(attempt, exception);
        }
        catch (UntranslatableException exception)
        {
            // No call was made; what nobody could say is the client's to mend, the rest somebody else may take.
            attempt.StartedTimestamp = 0;
            attempt.Fail(exception.Error.Code == ErrorCode.UnsupportedFeature ? AttemptEnd.Untranslatable : AttemptEnd.Rejected, exception.Error);
        }
        catch (InvalidDataException)
        {
            attempt.Fail(AttemptEnd.TooLarge, new(ErrorCode.AnswerTooLarge, $"{attempt.Candidate.Provider.Name} sent an event longer than {EventMaximum} bytes, which is what this node takes. Ask for less at once."));
        }

        attempt.AnsweredTimestamp = clock.GetTimestamp();
        attempt.Health.Count(attempt);
        if (attempt.Error is not null)
        {
            await attempt.ReleaseAsync();
            attempt.Exchange.Trail.Add(attempt, clock);
        }

        if (attempt.End == AttemptEnd.ForeignReasoning && !attempt.WithoutReasoning && attempt.Dialect.CanLeaveReasoningOut)
        {
            attempt.WithoutReasoning = true;
            return await CallAsync(attempt, abandoned);
        }

        return Outcome.FromResult(attempt);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamConnection> SendAsync(Attempt attempt, CancellationToken abandoned)
    {
        var (exchange, candidate) = (attempt.Exchange, attempt.Candidate);
        headers.Forward(exchange.Http.Request.Headers, candidate.Provider.Document.ForwardsTraceContext, attempt.Headers);
        attempt.Dialect.AddHeaders(exchange, candidate, attempt.Headers);
        attempt.Translation = candidate.Translates(exchange.Request.Shape) ? TranslatedCall.Of(attempt, options.KeptAnswerMaximum) : null;
        exchange.CountCall();
        var connection = attempt.Connection = await door.OpenAsync(exchange.Tenant!, candidate, candidate.OperationFor(exchange.Request.Shape), attempt.Credential!, attempt.Timeouts, attempt.Headers, abandoned);
        // An answer that comes whole comes when all of it has been generated.
        connection.Expect(exchange.Request.Stream ? attempt.Timeouts.FirstToken : attempt.Timeouts.Total);
        await connection.SendAsync(attempt.Headers, attempt.Translation is { } translation ? BodyPieces.Of(translation.Request.Memory) : attempt.Dialect.Body(exchange, candidate, attempt.WithoutReasoning));
        return connection;
    }

    private static ValueTask ReadAsync(Attempt attempt, UpstreamConnection connection)
    {
        var isStream = IsEventStream(connection.Head);
        if (attempt.Translation is null && isStream != attempt.Exchange.Request.Stream)
        {
            // No SDK can read it, and nothing stands between that would make the one of the other.
            attempt.Fail(
                AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{attempt.Candidate.Provider.Name} answered with {(isStream ? "a stream that nobody asked for" : "no stream, which was asked for")}."));
            return default;
        }

        return isStream && attempt.Translation is null or CallTranslation ? AwaitFirstTokenAsync(attempt, connection) : ReadAnswerAsync(attempt, connection);
    }

    private static bool IsEventStream(UpstreamHead head) =>
        head["content-type"u8] is { Length: >= 17 } type && Ascii.EqualsIgnoreCase(type[..17], "text/event-stream"u8);

    // What comes before the first token (the role, what filters found) goes to the client with it. Who asked for a whole answer is given none of it before its end, and so another
    // target may serve until then.
    private static async ValueTask AwaitFirstTokenAsync(Attempt attempt, UpstreamConnection connection)
    {
        var isWhole = !attempt.Exchange.Request.Stream;
        var events = attempt.Events = new SseReader(connection.Body, isWhole ? AnswerMaximum : EventMaximum);
        var provider = attempt.Candidate.Provider.Name;
        events.Hold();
        var (goesOn, isOver) = (true, false);
        while (goesOn)
        {
            goesOn = events.Add(await events.ReadAsync());
            while (events.NextEvent() is { IsEmpty: false } next)
            {
                if (StreamStart.Judge(next.Span, attempt.Dialect, provider) is not { } judgement)
                {
                    continue;
                }

                isOver |= judgement.IsOver;
                if (isWhole && judgement.Error is null && !attempt.Dialect.IsEnd(SseEvent.DataOf(next.Span)))
                {
                    continue;
                }

                events.Rewind();
                if (judgement.Error is { } error)
                {
                    attempt.Fail(AttemptEnd.ServerError, error);
                }

                return;
            }
        }

        if (!isOver && !attempt.Dialect.IsEnd(SseEvent.DataOf(events.Rest.Span)))
        {
            attempt.Fail(AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} ended the stream before it had {(isWhole ? "said all of its answer" : "begun to answer")}."));
        }

        events.Rewind();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask ReadAnswerAsync(Attempt attempt, UpstreamConnection connection)
    {
        var provider = attempt.Candidate.Provider.Name;
        if (!await attempt.Answer.ReadAsync(connection.Body, connection.Head.ContentLength, AnswerMaximum, CancellationToken.None))
        {
            attempt.Fail(AttemptEnd.TooLarge, new(ErrorCode.AnswerTooLarge, $"{provider}'s answer is longer than {AnswerMaximum} bytes, which is what this node takes. Ask for less at once, or for a stream."));
            return;
        }

        // The provider is not to blame for a slow client.
        connection.ExpectNothing();
        try
        {
            var answer = attempt.Dialect.ReadAnswer(attempt.Answer.Span);
            attempt.Reported = attempt.Exchange.Endpoint!.IsFree ? default(TokenUsage) : answer.Usage;
            if (answer.Region is { } region)
            {
                attempt.ReportRegion(region);
            }

            if (answer.IsError)
            {
                attempt.Fail(AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} answered with an error."));
            }
            else
            {
                attempt.Reported ??= UsageMeter.EstimateOf(attempt.Exchange.PromptTokens, attempt.Answer.Span);
                attempt.Translation ??= attempt.Dialect.Mend(attempt.Exchange, attempt.Answer.Span);
                attempt.Translation?.PassWhole(attempt.Answer.Span, attempt.Reported.Value);
            }
        }
        catch (AnswerFailedException)
        {
            attempt.Fail(AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} answered that it failed."));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            attempt.Fail(AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} answered with something that is not JSON, or holds no answer."));
        }
    }

    private async ValueTask ReadErrorAsync(Attempt attempt, UpstreamConnection connection)
    {
        var retryAfter = RetryAfter.Of(connection.Head, clock.GetUtcNow());
        connection.Expect(ErrorBodyPatience);
        try
        {
            await attempt.Answer.ReadAsync(connection.Body, null, ErrorBodyMaximum, CancellationToken.None);
        }
        catch (UpstreamException exception) when (exception.Failure != UpstreamFailure.ClientLeft)
        {
            // The status says enough.
        }

        var complaint = attempt.Dialect.Complaint(attempt.Answer.Span);
        complaint = complaint with { Message = attempt.Credential!.RemoveFrom(complaint.Message) };
        var error = ProviderErrors.Of(attempt.Candidate.Provider.Name, attempt.Status, complaint, isOwnProtocol: attempt.Translation is null, retryAfter);
        attempt.Fail(EndOf(attempt.Status, complaint), error, retryAfter);
        attempt.Answer.Clear();
    }

    private static AttemptEnd EndOf(int status, in ProviderComplaint complaint) => status switch
    {
        _ when complaint.IsOfBilling(status) => AttemptEnd.Misconfigured,
        400 or 404 or 413 or 422 => complaint.IsOfCredential ? AttemptEnd.Misconfigured : complaint.IsOfReasoning ? AttemptEnd.ForeignReasoning : AttemptEnd.Rejected,
        401 => AttemptEnd.Misconfigured,
        403 => AttemptEnd.Forbidden,
        408 or 504 => AttemptEnd.TimedOut,
        429 => AttemptEnd.RateLimited,
        _ => AttemptEnd.ServerError,
    };

    private void Fail(Attempt attempt, UpstreamException exception)
    {
        var provider = attempt.Candidate.Provider.Name;
        if (exception.Failure != UpstreamFailure.ClientLeft)
        {
            failures.Tell(provider, exception.Failure, exception.Message);
        }

        var (end, error) = exception.Failure switch
        {
            UpstreamFailure.ClientLeft => (AttemptEnd.Abandoned, new GatewayError(ErrorCode.ClientClosedRequest, "The client left.")),
            UpstreamFailure.TimedOut => (AttemptEnd.TimedOut, new(ErrorCode.ProviderTimeout, $"{provider} did not answer in time.")),
            UpstreamFailure.Refused => (AttemptEnd.Misconfigured, new(ErrorCode.ProviderError, $"{provider} has an address that its declaration does not cover: tell your platform team.") { LastsUntilMended = true }),
            UpstreamFailure.Unreachable => (AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} can't be reached.")),
            UpstreamFailure.Malformed => (AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} answered with something that is not HTTP.")),
            _ => (AttemptEnd.ServerError, new(ErrorCode.ProviderError, $"{provider} cut the connection before it had answered.")),
        };
        attempt.Fail(end, error);
    }
}
