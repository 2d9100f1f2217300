using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Providers;

/// <summary>
/// One HTTP/1.1 connection to a provider (RFC 9112), leased to one request at a time. A read is always under way, so that a connection that
/// the provider closed while it was idle is known before it is used.
/// </summary>
internal sealed class UpstreamConnection(Socket socket, Stream stream, Destination owner, TimeProvider clock)
{
    private const int BufferSize = 8 * 1024;
    private const int HeadMaximum = 64 * 1024;
    private const int Idle = 0;
    private const int Leased = 1;
    private const int Closed = 2;
    private const int BeingSwept = 3;
    private const int DrainMaximum = 4 * 1024;
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(1);
    private const long NothingDue = long.MaxValue;
    private const long Overdue = -1;
    private readonly long openedAt = clock.GetTimestamp();
    private readonly UpstreamHead head = new();
    private UpstreamBody? body;
    private byte[] buffer = new byte[BufferSize];
    private int start;
    private int end;
    // How far the buffer has been filled on this lease.
    private int filled;
    private ValueTask<int>? reading;
    private Task sending = Task.CompletedTask;
    private UpstreamTarget? target;
    private bool isIntact = true;
    private bool hasHead;
    private BodyFraming framing;
    private CancellationTokenRegistration clientLeaves;
    private long due = NothingDue;
    private long deadline = NothingDue;
    private long idleSince;
    private int state = Leased;
    private int failure;

    /// <summary>The answer's head, once it is read.</summary>
    public UpstreamHead Head => head;

    /// <summary>The answer's body, read once. A read ends with this lease's own deadline.</summary>
    public Stream Body => body ??= new(this);

    /// <summary>
    /// Whether the answer has said that it is over, by its own means: what is still to come of its framing is then read without anybody
    /// waiting for it, so that the connection can be used again.
    /// </summary>
    public bool HasSaidAll { get; set; }

    /// <summary>Whether any of a request may have left on this lease.</summary>
    public bool HasSent { get; private set; }

    /// <summary>A request's turn begins: the call ends at once when its client leaves, and at last when <paramref name="total"/> is over.</summary>
    public void Begin(UpstreamTarget to, TimeSpan total, CancellationToken clientAborted)
    {
        (HasSent, HasSaidAll, hasHead, target, deadline) = (false, false, false, to, After(total));
        clientLeaves = clientAborted.UnsafeRegister(static connection => ((UpstreamConnection)connection!).Abort(UpstreamFailure.ClientLeft), this);
    }

    /// <summary>Whatever comes next must come within <paramref name="patience"/>; looked at by <see cref="Sweep"/>, so that moving it costs next to nothing.</summary>
    public void Expect(TimeSpan patience) => MoveDue(Math.Min(After(patience), deadline));

    /// <summary>Nothing is due from the provider for now.</summary>
    public void ExpectNothing() => MoveDue(NothingDue);

    /// <summary>
    /// Sends a request: complete once it is sent, or once the provider has begun to answer, which it may do before it has read all. That the
    /// connection broke is told by what reads the answer.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(UpstreamHeaders headers, BodyPieces content)
    {
        HasSent = true;
        if (content.Length <= UpstreamRequest.OneWriteMaximum)
        {
            await WriteAsync(headers, content);
            return;
        }

        sending = WriteAsync(headers, content).AsTask();
        var answer = reading!.Value.AsTask();
        reading = new(answer);
        await Task.WhenAny(sending, answer);
    }

    /// <summary>Reads the answer's head; interim answers (RFC 9110, 15.2) are passed over.</summary>
    /// <exception cref="UpstreamException">There is no answer, or what came is none.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadHeadAsync()
    {
        var blankLine = default(BlankLineScanner);
        try
        {
            while (!TryReadHead(ref blankLine))
            {
                if (!Add(await NextReadAsync()))
                {
                    throw Broken(null);
                }
            }
        }
        catch (Exception exception) when (IsBreak(exception))
        {
            throw Broken(exception);
        }

        framing = BodyFraming.Of(head);
        hasHead = true;
    }

    /// <summary>Reads some of the answer's body; 0 at its end.</summary>
    /// <exception cref="UpstreamException">The connection ended before it, or the framing is broken.</exception>
    public ValueTask<int> ReadBodyAsync(Memory<byte> destination)
    {
        var taken = Take(destination.Span);
        return taken > 0 || framing.IsDone ? new(taken) : ReadMoreAsync(destination);
    }

    /// <summary>Ends the lease: back among the idle ones where the answer is complete and the provider agrees, else closed.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReleaseAsync()
    {
        // A callback that runs already will close it.
        var isOurs = clientLeaves.Token == default || clientLeaves.Unregister();
        clientLeaves = default;
        if (isOurs && HasSaidAll && !framing.IsDone && CanGoOn)
        {
            _ = DrainAsync();
            return;
        }

        if (!isOurs || !TryPark())
        {
            Close();
            // It reads what the request's owner is about to forget.
            await sending;
        }
    }

    /// <summary>Takes an idle connection; false where it has ended, or is too old.</summary>
    public bool TryLease()
    {
        int before;
        while ((before = Interlocked.CompareExchange(ref state, Leased, Idle)) == BeingSwept)
        {
            // For as long as it takes to look at a clock.
            Thread.SpinWait(1);
        }

        if (before == Idle && IsStale)
        {
            Close();
            return false;
        }

        return before == Idle;
    }

    /// <summary>Whether it is of no further use.</summary>
    public bool IsClosed => Volatile.Read(ref state) == Closed;

    /// <summary>Ends what is overdue, and what has been idle for too long.</summary>
    public void Sweep()
    {
        var expected = Volatile.Read(ref due);
        if (expected != Overdue && expected < clock.GetTimestamp() && Interlocked.CompareExchange(ref due, Overdue, expected) == expected)
        {
            Abort(UpstreamFailure.TimedOut);
        }
        else if (Interlocked.CompareExchange(ref state, BeingSwept, Idle) == Idle)
        {
            // Only whoever holds the connection may look at its read.
            if (IsStale)
            {
                Close();
            }
            else
            {
                Volatile.Write(ref state, Idle);
            }
        }
    }

    public void Close()
    {
        Volatile.Write(ref state, Closed);
        socket.Dispose();
        stream.Dispose();
        owner.Forget(this);
    }

    // Anything that comes unasked, the end above all, makes an idle connection useless.
    private bool IsStale =>
        reading is { IsCompleted: true }
        || clock.GetElapsedTime(idleSince) > Destination.IdleMaximum
        || clock.GetElapsedTime(openedAt) > Destination.LifetimeMaximum;

    private bool CanGoOn => hasHead && head.KeepsAlive && isIntact && sending.IsCompleted && Volatile.Read(ref failure) == 0;

    private bool TryPark()
    {
        var inTime = Interlocked.Exchange(ref due, NothingDue) != Overdue;
        buffer.AsSpan(0, filled).Clear();
        filled = 0;
        if (!inTime || !framing.IsDone || start != end || reading is not null || !CanGoOn)
        {
            return false;
        }

        (start, end, framing) = (0, 0, default);
        idleSince = clock.GetTimestamp();
        StartReading();
        Volatile.Write(ref state, Idle);
        owner.Return(this);
        return true;
    }

    // Many providers write the end of the chunks apart from the last event.
    private async Task DrainAsync()
    {
        try
        {
            Expect(DrainPatience);
            var rest = new byte[256];
            for (var (read, drained) = (1, 0); read > 0 && drained < DrainMaximum; drained += read)
            {
                read = await ReadBodyAsync(rest);
            }
        }
        catch (UpstreamException)
        {
            // Nobody waits for it any more.
        }

        if (!TryPark())
        {
            Close();
        }
    }

    private void MoveDue(long to)
    {
        if (Interlocked.Exchange(ref due, to) == Overdue)
        {
            Abort(UpstreamFailure.TimedOut);
        }
    }

    private void Abort(UpstreamFailure why)
    {
        Interlocked.CompareExchange(ref failure, (int)why, 0);
        // Ends the reads and writes under way.
        socket.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync(UpstreamHeaders headers, BodyPieces content)
    {
        try
        {
            await UpstreamRequest.WriteAsync(stream, target!, headers, content);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            isIntact = false;
        }
    }

    private bool TryReadHead(ref BlankLineScanner blankLine)
    {
        int length;
        while ((length = blankLine.Find(buffer.AsSpan(start, end - start))) > 0)
        {
            head.Read(buffer, start, start + length);
            start += length;
            blankLine = default;
            if (head.Status is not (>= 100 and < 200) or 101)
            {
                return true;
            }
        }

        return end - start < HeadMaximum ? false : throw new UpstreamException(UpstreamFailure.Malformed, $"the answer's head is longer than {HeadMaximum} bytes");
    }

    private int Take(Span<byte> destination)
    {
        ReadOnlySpan<byte> input = buffer.AsSpan(start, end - start);
        var before = input.Length;
        var taken = framing.Take(ref input, destination);
        start += before - input.Length;
        return taken;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadMoreAsync(Memory<byte> destination)
    {
        try
        {
            while (Add(await NextReadAsync()))
            {
                var taken = Take(destination.Span);
                if (taken > 0 || framing.IsDone)
                {
                    return taken;
                }
            }
        }
        catch (Exception exception) when (IsBreak(exception))
        {
            throw Broken(exception);
        }

        if (framing.EndsWithConnection && Volatile.Read(ref failure) == 0)
        {
            framing = default;
            (start, end) = (0, 0);
            return 0;
        }

        throw Broken(null);
    }

    // Idle connections wait with a read of their own: it becomes the read of the next answer's first bytes.
#pragma warning disable CA2012 // It is awaited once, by whoever reads first; one that nobody awaits belongs to a connection that is closed.
    public void StartReading() => reading = stream.ReadAsync(buffer);
#pragma warning restore CA2012

    private static bool IsBreak(Exception exception) => exception is IOException and not UpstreamException or ObjectDisposedException or InvalidOperationException;

    private ValueTask<int> NextReadAsync()
    {
        if (reading is { } started)
        {
            reading = null;
            return started;
        }

        MakeRoom();
        return stream.ReadAsync(buffer.AsMemory(end));
    }

    private bool Add(int read)
    {
        end += read;
        filled = Math.Max(filled, end);
        return read > 0;
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);

    private UpstreamException Broken(Exception? cause) => (UpstreamFailure)Volatile.Read(ref failure) switch
    {
        UpstreamFailure.TimedOut => new(UpstreamFailure.TimedOut, "the provider did not answer in time", cause),
        UpstreamFailure.ClientLeft => new(UpstreamFailure.ClientLeft, "the client left", cause),
        _ => new(UpstreamFailure.Cut, "the provider ended the connection before its answer", cause),
    };
}
