using Asc.DataPlane.Providers;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Which API a client speaks: <c>anthropic-version</c>, and the betas that it asks for.</summary>
internal static class AnthropicHeaders
{
    private const string Version = "anthropic-version";
    private const string Beta = "anthropic-beta";
    private const int BetaMaximum = 1024;
    // Conversations that the provider keeps. The SDK's tool runner asks for them by itself, and goes on without once it hears that they are not to be had.
    private const string Threads = "message-threads-";
    private const string NoThreads = "thread_unsupported_request";
    private static readonly string[] Versions = ["2023-06-01", "2026-10-21"];

    // Those that change how an answer is made or written. Whatever makes the provider act, keep or fetch is not among them, nor what nobody has looked at.
    private static readonly string[] Betas =
    [
        "claude-code-", "context-1m-", "context-management-", "effort-", "extended-cache-ttl-", "fine-grained-tool-streaming-", "interleaved-thinking-", "max-tokens-", "output-128k-",
        "pdfs-", "prompt-caching-", "structured-outputs-", "token-counting-", "token-efficient-tools-",
    ];

    /// <summary>What is wrong with them; null where nothing is.</summary>
    public static GatewayError? Problem(IHeaderDictionary headers)
    {
        if (headers[Version] is not [{ } version] || Array.IndexOf(Versions, version) < 0)
        {
            return new(ErrorCode.InvalidRequest, $"The header {Version} says which API is meant: send one of {string.Join(", ", Versions)}.", Version);
        }

        foreach (var line in headers[Beta])
        {
            if (line is not { Length: <= BetaMaximum } || !HeaderValue.CanCarry(line))
            {
                return new(ErrorCode.InvalidRequest, $"The header {Beta} is longer than {BetaMaximum} characters, or holds what a header can't.", Beta);
            }

            foreach (var range in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[range].Trim(' ') is { IsEmpty: false } beta && !IsPermitted(beta))
                {
                    return new(ErrorCode.UnsupportedFeature, $"The beta \"{beta}\" ({Beta}) is none that the policy permits: it may make the provider act, keep or fetch something.", Beta)
                    {
                        DetailCode = beta.StartsWith(Threads, StringComparison.Ordinal) ? NoThreads : null,
                    };
                }
            }
        }

        return null;
    }

    /// <summary>Passes them on, as they were checked.</summary>
    public static void Forward(IHeaderDictionary client, UpstreamHeaders upstream)
    {
        upstream.Add(Version, client[Version][0]!);
        foreach (var line in client[Beta])
        {
            upstream.Add(Beta, line!);
        }
    }

    /// <summary>Names the version for a request that another protocol's client sent: the newest in which it can be said.</summary>
    /// <param name="samples">Whether it says how to sample, which the newest no longer takes.</param>
    public static void Choose(bool samples, UpstreamHeaders upstream) => upstream.Add(Version, samples ? Versions[0] : Versions[^1]);

    private static bool IsPermitted(ReadOnlySpan<char> beta)
    {
        foreach (var permitted in Betas)
        {
            if (beta.StartsWith(permitted, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
