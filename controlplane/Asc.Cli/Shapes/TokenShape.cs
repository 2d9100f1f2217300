namespace Asc.Cli.Shapes;

/// <summary>The one time that the token is shown.</summary>
internal sealed record IssuedTokenShape(string Id, string Name, string Token);

internal sealed record RevokedTokenShape(string Id, string Name);

internal sealed record SwitchShape(string Subject, bool Off, bool Changed, ulong AccessSequence);

internal sealed record ContextShape(string Name, string Server, bool Current);
