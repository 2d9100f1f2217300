using Asc.DataPlane.Admission;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Asc.DataPlane;

/// <summary>What a node remembers of a client's connection. Only connections of the clients' own port have one.</summary>
internal sealed class ClientConnection(ConnectionContext connection)
{
    // A client that has heard an error leaves by itself. Others see the end of a connection sooner than what came before it: fetch in JavaScript forgets what is not read yet.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <summary>The credential that was found to fit last.</summary>
    public VerifiedCredential? Verified { get; set; }

    /// <summary>Gives each connection of a listener its own.</summary>
    public static void Mark(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(new ClientConnection(connection));
        return next(connection);
    });

    /// <summary>
    /// Ends the connection behind what was written, without the last chunk that an answer's end has. All of it is sent first: an abort would reset the connection, and
    /// a reset discards whatever has not been sent and, with many a client, whatever it has not read.
    /// </summary>
    /// <param name="patience">How long the client may take to receive it.</param>
    /// <param name="clock">What measures that.</param>
    public async Task EndAsync(TimeSpan patience, TimeProvider clock)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var closing = connection.ConnectionClosed.UnsafeRegister(static ended => ((TaskCompletionSource)ended!).TrySetResult(), closed);
        await WaitAsync(closed.Task, Linger, clock);
        if (!closed.Task.IsCompleted)
        {
            await connection.Transport.Output.CompleteAsync();
            await WaitAsync(closed.Task, patience, clock);
        }
    }

    private static async Task WaitAsync(Task closed, TimeSpan patience, TimeProvider clock) =>
        await closed.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>
/// A secret that fits a key. The server hands out the very same string as long as a connection's header stays the same: then the secret need
/// not be hashed again. Whether the key is still in force is looked at each time.
/// </summary>
internal sealed record VerifiedCredential(string Text, AccessKey Key)
{
    public bool Covers(string text, AccessKey? key) => ReferenceEquals(Text, text) && ReferenceEquals(Key, key);
}
