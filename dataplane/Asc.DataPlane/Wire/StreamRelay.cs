using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire;

/// <summary>
/// Passes an answer's stream on, event by event, and knows how it went. A stream that doesn't end well ends with an error event in the
/// client's own protocol, never silently.
/// </summary>
internal sealed class StreamRelay(GatewayExchange exchange, ProviderDialect dialect, TimeProvider clock)
{
    private readonly PipeWriter client = exchange.Http.Response.BodyWriter;
    private readonly CancellationToken clientAborted = exchange.Http.RequestAborted;
    private readonly CallTranslation? translation = (CallTranslation?)exchange.Attempt.Translation;
    // Who asked for a whole answer is given all of it, or an error with a status of its own.
    private readonly bool isWhole = !exchange.Request.Stream;
    private readonly bool hidesUsage = dialect.AsksForUsageItself(exchange);
    private bool hasBegun;
    private bool finished;
    // Of choices that began: a bit each.
    private ulong unfinished;
    private ulong ended;
    private bool done;
    private bool hasPending;
    // Of the provider's own, in its own words.
    private int passed;
    private string? answerId;

    /// <summary>What was passed on goes to the client now.</summary>
    /// <returns>Incomplete while a slow client holds it up.</returns>
    public ValueTask<FlushResult> FlushAsync()
    {
        if (!hasPending)
        {
            return default;
        }

        hasPending = false;
        return client.FlushAsync(clientAborted);
    }

    /// <summary>The stream has said that it is over: whatever the connection does now, the client has all.</summary>
    public bool IsDone => done;

    /// <summary>Nothing more of the stream is passed on.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether it failed by a bound of the node's, and not by the provider's doing.</summary>
    public bool IsOurs { get; private set; }

    /// <summary>Passes one event on, unless it is ASC's own.</summary>
    /// <returns>False where the stream is not to be read on.</returns>
    public bool Pass(ReadOnlySpan<byte> text)
    {
        var data = SseEvent.DataOf(text);
        if (data.IsEmpty)
        {
            // A comment, which is for whoever is connected: there is somebody.
            WriteOwn(text);
            KeepAlive(text);
            return true;
        }

        try
        {
            return Pass(text, data, translation is null ? dialect.ReadEvent(data) : Translate(translation, data));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Fail($"{Provider} sent a chunk that is not JSON.");
            return false;
        }
        catch (AnswerTooLargeException exception)
        {
            Fail(exception);
            return false;
        }
    }

    /// <summary>The provider has ended the stream.</summary>
    /// <param name="rest">What came after the last whole event.</param>
    public void End(ReadOnlySpan<byte> rest)
    {
        if (!HasFailed && !done && !rest.IsEmpty && dialect.IsEnd(SseEvent.DataOf(rest)))
        {
            done = true;
            WriteOwn(rest);
            WriteOwn("\n\n"u8);
        }

        if (!HasFailed && !done && (!finished || unfinished != 0))
        {
            Fail($"{Provider} ended the stream before the answer was finished.");
        }

        if (!HasFailed && translation is not null)
        {
            hasPending = !isWhole;
            try
            {
                translation.EndStream(exchange.MeteredUsage(), client);
                hasPending = true;
            }
            catch (AnswerTooLargeException exception)
            {
                Fail(exception);
            }
        }
    }

    /// <summary>The connection broke, or nothing came any more.</summary>
    public void Cut(Exception exception)
    {
        if (done)
        {
            return;
        }

        if (exception is UpstreamException { Failure: UpstreamFailure.TimedOut })
        {
            Fail(new GatewayError(ErrorCode.ProviderTimeout, $"{Provider} fell silent in the middle of the answer."));
        }
        else if (exception is InvalidDataException)
        {
            IsOurs = true;
            Fail(new GatewayError(ErrorCode.AnswerTooLarge, $"{Provider} sent more in one event than this node takes. Ask for less at once."));
        }
        else
        {
            Fail($"{Provider} cut the stream in the middle of the answer.");
        }
    }

    private string Provider => exchange.Candidate!.Provider.Name;

    private StreamEvent Translate(CallTranslation call, ReadOnlySpan<byte> data)
    {
        hasPending = !isWhole;
        return call.PassEvent(data, client);
    }

    private bool Pass(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, in StreamEvent chunk)
    {
        if (chunk.GeneratedBytes > 0)
        {
            exchange.Meter.CountGenerated(chunk.Generated.Of(data), chunk.GeneratedBytes);
            exchange.FirstTokenTimestamp = exchange.FirstTokenTimestamp == 0 ? clock.GetTimestamp() : exchange.FirstTokenTimestamp;
        }

        exchange.Meter.Report(chunk);
        if (chunk.Region is { } region)
        {
            exchange.Attempt.ReportRegion(region);
        }

        if (chunk.IsError)
        {
            // The provider's words speak of the operator's account. What it had said until then costs what it costs.
            Fail(new GatewayError(ErrorCode.ProviderError, $"{Provider} reported an error in the middle of the answer.") { IsOverload = dialect.Complaint(data).IsOfOverload });
            return false;
        }

        hasBegun = true;
        ended |= chunk.FinishedChoices;
        unfinished = (unfinished | chunk.Choices) & ~ended;
        (finished, done) = (finished || chunk.Finished, done || chunk.IsEnd);
        if (translation is null && (!hidesUsage || chunk.HasContent || !chunk.CarriesUsage))
        {
            answerId ??= chunk.AnswerId.IsEmpty ? null : Encoding.UTF8.GetString(chunk.AnswerId.Of(data));
            passed++;
            WriteChunk(text, data, chunk.NoUsage);
        }

        return true;
    }

    // What ASC asked in the client's stead has left a trace in each chunk, which the client didn't ask for.
    private void WriteChunk(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, JsonSlice noUsage)
    {
        if (!hidesUsage || noUsage.IsEmpty || !text.Overlaps(data, out var start))
        {
            Write(text);
            return;
        }

        var trace = JsonMember.WithComma(noUsage, data);
        Write(text[..(start + trace.Start)]);
        Write(text[(start + trace.End)..]);
    }

    private void Fail(AnswerTooLargeException exception)
    {
        IsOurs = true;
        Fail(new GatewayError(
            ErrorCode.AnswerTooLarge,
            $"{Provider}'s answer is too long to be put into your protocol, which has parts of it whole at the end: this node keeps {exception.Maximum} bytes. Ask for less at once, or a model whose provider speaks your protocol."));
    }

    private void Fail(string message) => Fail(new GatewayError(ErrorCode.ProviderError, message));

    private void Fail(GatewayError error)
    {
        HasFailed = true;
        exchange.Fail(error);
        // Before the first byte the error is the whole answer, with a status of its own.
        if (hasPending || exchange.Http.Response.HasStarted)
        {
            Write(exchange.Dialect.ErrorEvent(error, new(AnswerIdentity.Of(exchange, exchange.Candidate!), answerId, translation?.Events ?? passed)).Span);
        }
    }

    private void KeepAlive(ReadOnlySpan<byte> comment)
    {
        // Before the answer has begun an event would have no place.
        if (translation is not null && !isWhole && hasBegun && comment.StartsWith((byte)':'))
        {
            hasPending = true;
            translation.KeepAlive(client);
        }
    }

    // What is the provider's own, and its protocol the client's.
    private void WriteOwn(ReadOnlySpan<byte> text)
    {
        if (translation is null)
        {
            Write(text);
        }
    }

    private void Write(ReadOnlySpan<byte> text)
    {
        hasPending = true;
        client.Write(text);
    }
}
