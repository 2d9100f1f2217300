using System.CommandLine;

namespace Asc.Cli.Connection;

/// <summary>The options of every command that say which control plane is meant, and as whom.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string> context = new("--context") { Description = "A saved control plane", Recursive = true, HelpName = "NAME" };
    private readonly Option<string> server = new("--server") { Description = "Its address (or ASC_SERVER)", Recursive = true, HelpName = "URL" };
    private readonly Option<string> token = new("--token") { Description = "An admin token (or ASC_TOKEN)", Recursive = true, HelpName = "T" };
    private readonly Option<string> tokenFile = new("--token-file") { Description = "A file that holds it", Recursive = true, HelpName = "F" };
    private readonly Option<string> dev = new("--dev") { Description = "The dev.json of a running Asc.Dev (or ASC_DEV; default .asc/dev.json)", Recursive = true, HelpName = "FILE" };

    public IReadOnlyList<Option> All => [context, server, token, tokenFile, dev];

    /// <summary>Flags before the environment, before the context, before a running Asc.Dev.</summary>
    /// <exception cref="CliException">Nothing says which control plane is meant.</exception>
    public (Uri Server, string Token) Resolve(ParseResult parsed)
    {
        var saved = Saved(parsed);
        var named = parsed.GetValue(server) ?? Environment.GetEnvironmentVariable("ASC_SERVER");
        // A saved token goes to the server that it was saved with, and to no other.
        var savedToken = named is null || named == saved?.Server ? saved?.Token ?? ReadToken(saved?.TokenFile) : null;
        var address = named ?? saved?.Server;
        var secret = parsed.GetValue(token) ?? ReadToken(parsed.GetValue(tokenFile)) ?? Environment.GetEnvironmentVariable("ASC_TOKEN") ?? savedToken;
        var running = address is null || secret is null ? DevFile.TryRead(DevPath(parsed)) : null;
        address ??= running?.ControlPlane ?? throw new CliException(
            ExitCode.Unreachable, "no_server", $"No control plane is named, and {DevPath(parsed)} names no running Asc.Dev.",
            "Give --server and --token, set ASC_SERVER and ASC_TOKEN, or start Asc.Dev.");
        var url = Url(address);
        // A running Asc.Dev's token stays on this machine, whatever server is named.
        return (url, secret ?? (url.IsLoopback ? running?.AdminToken : null) ?? throw new CliException(
            ExitCode.Usage, "no_token", $"No token is given for {address}.", "Give --token or --token-file, or set ASC_TOKEN."));
    }

    private string DevPath(ParseResult parsed) =>
        parsed.GetValue(dev) ?? Environment.GetEnvironmentVariable("ASC_DEV") ?? Path.Combine(".asc", "dev.json");

    private static Uri Url(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            throw new CliException(ExitCode.Usage, "invalid_server", $"\"{address}\" is not a URL.", "Write it out, e.g. https://asc.example.com:8443.");
        }

        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback
            ? url
            : throw new CliException(ExitCode.Usage, "insecure_server", $"{url} would get the token in the clear.", "Use https; http is for loopback addresses only.");
    }

    private SavedContext? Saved(ParseResult parsed)
    {
        var file = ContextFile.Read();
        var name = parsed.GetValue(context) ?? file.Current;
        return name is null ? null : file.Contexts.GetValueOrDefault(name)
            ?? throw new CliException(ExitCode.NotFound, "not_found", $"There is no context \"{name}\".", "See \"asc context list\".");
    }

    private static string? ReadToken(string? path)
    {
        try
        {
            return path is null ? null : File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, "unreadable", $"The token file can't be read: {exception.Message}");
        }
    }
}
