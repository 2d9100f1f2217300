using Asc.DataPlane.Admission;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Asc.DataPlane;

/// <summary>What a node remembers of a client's connection. Only connections of the clients' own port have one.</summary>
internal sealed class ClientConnection
{
    /// <summary>The credential that was found to fit last.</summary>
    public VerifiedCredential? Verified { get; set; }

    /// <summary>Gives each connection of a listener its own.</summary>
    public static void Mark(ListenOptions listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(new ClientConnection());
        return next(connection);
    });
}

/// <summary>
/// A secret that fits a key. The server hands out the very same string as long as a connection's header stays the same: then the secret need
/// not be hashed again. Whether the key is still in force is looked at each time.
/// </summary>
internal sealed record VerifiedCredential(string Text, AccessKey Key)
{
    public bool Covers(string text, AccessKey? key) => ReferenceEquals(Text, text) && ReferenceEquals(Key, key);
}
