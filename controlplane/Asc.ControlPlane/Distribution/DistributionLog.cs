namespace Asc.ControlPlane.Distribution;

internal static partial class DistributionLog
{
    [LoggerMessage(2100, LogLevel.Error, "The database can't be read; what is known stays in force")]
    public static partial void DatabaseAway(this ILogger logger, Exception exception);

    [LoggerMessage(2101, LogLevel.Error, "What is to be sent can't be read; trying again")]
    public static partial void ReadFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2102, LogLevel.Information, "Node {Node} of {Region} subscribed, boot {Boot}, enforcing version {Version}")]
    public static partial void Subscribed(this ILogger logger, string node, string region, ulong boot, ulong version);

    [LoggerMessage(2103, LogLevel.Information, "Node {Node} left")]
    public static partial void Unsubscribed(this ILogger logger, string node);

    [LoggerMessage(2104, LogLevel.Information, "Node {Node} enforces version {Version}")]
    public static partial void Acknowledged(this ILogger logger, string node, ulong version);

    [LoggerMessage(2105, LogLevel.Warning, "Node {Node} refused version {Version}: {Reason}")]
    public static partial void Refused(this ILogger logger, string node, ulong version, string reason);

    [LoggerMessage(2106, LogLevel.Warning, "Node {Node} could not be written down")]
    public static partial void NodeNotWritten(this ILogger logger, Exception exception, string node);

    [LoggerMessage(2107, LogLevel.Warning, "The stream of node {Node} ends: its token {TokenId} is revoked")]
    public static partial void TokenRevoked(this ILogger logger, string node, string tokenId);

    [LoggerMessage(2108, LogLevel.Warning, "The stream of node {Node} ends: another one with its name took its place")]
    public static partial void Replaced(this ILogger logger, string node);

    [LoggerMessage(2109, LogLevel.Warning, "Node {Node} is ahead: {Reason}")]
    public static partial void NodeIsAhead(this ILogger logger, string node, string reason);

    [LoggerMessage(2110, LogLevel.Error, "The database went back: it was restored while this process ran on it, which stops now. Start it again, then run \"Asc.ControlPlane restored -m WHY\"")]
    public static partial void DatabaseWentBack(this ILogger logger);

    [LoggerMessage(2111, LogLevel.Warning, "What nodes would need while the database is away can't be read yet; trying again")]
    public static partial void NotInStock(this ILogger logger, Exception exception);

    [LoggerMessage(2112, LogLevel.Warning, "Node {Node} is served from memory: the database is away, and the node is entered when it is back")]
    public static partial void ServedFromMemory(this ILogger logger, string node);

    [LoggerMessage(2113, LogLevel.Warning, "Whether the token {TokenId} of node {Node} is still valid can't be told; its stream goes on, and it is asked again until it is")]
    public static partial void TokenNotJudged(this ILogger logger, Exception exception, string node, string tokenId);
}
