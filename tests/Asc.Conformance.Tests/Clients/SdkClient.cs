namespace Asc.Conformance.Tests.Clients;

/// <summary>An SDK, as an application uses it.</summary>
internal abstract class SdkClient(string name, ClientProtocol protocol, SdkErrors errors) : IAsyncDisposable
{
    /// <summary>The columns of the matrix.</summary>
    public static IReadOnlyList<SdkClient> All { get; } =
    [
        new NodeClient("openai (npm)", ClientProtocol.OpenAi, SdkErrors.Node, "openai.mjs"),
        new DotNetOpenAiClient(),
        new NodeClient("openai (npm) responses", ClientProtocol.Responses, SdkErrors.Node, "openai-responses.mjs"),
        new NodeClient("@anthropic-ai/sdk 1 (npm)", ClientProtocol.Anthropic, SdkErrors.Node, "anthropic.mjs", "anthropic-1"),
        new NodeClient("@anthropic-ai/sdk 0 (npm)", ClientProtocol.Anthropic, SdkErrors.Node, "anthropic.mjs", "anthropic-0"),
        new DotNetAnthropicClient(),
        new NodeClient("@mistralai/mistralai (npm)", ClientProtocol.Mistral, SdkErrors.Mistral, "mistral.mjs"),
    ];

    public string Name => name;

    public ClientProtocol Protocol => protocol;

    public SdkErrors Errors => errors;

    /// <summary>The SDK's, once it has started.</summary>
    public string Version { get; protected set; } = "";

    /// <summary>What is not as it comes, beside base URL and key; null: nothing.</summary>
    public virtual string? Setting => null;

    /// <summary>Why it can't be used here; null: it can.</summary>
    public abstract Task<string?> StartAsync();

    /// <param name="leave">The application leaves while it waits.</param>
    public abstract Task<Heard> HoldAsync(Job job, CancellationToken leave);

    public virtual ValueTask DisposeAsync() => default;

    public override string ToString() => name;
}

/// <summary>The exceptions of a family of SDKs.</summary>
internal sealed record SdkErrors(string BadRequest, string RateLimit, string Server, string InStream, string Cut, string Left)
{
    public static SdkErrors Node { get; } = new("BadRequestError", "RateLimitError", "InternalServerError", "APIError", "APIError", "APIUserAbortError");

    /// <summary>Of Speakeasy's making: one class for all that has a status, and a frame that is no chunk is no valid one.</summary>
    public static SdkErrors Mistral { get; } = new("SDKError", "SDKError", "SDKError", "ZodError", "ZodError", "DOMException") { LeftWhole = "RequestAbortedError" };

    /// <summary>Where it waits for a whole answer, if that is another one.</summary>
    public string? LeftWhole { get; init; }

    public string LeftOf(bool stream) => stream ? Left : LeftWhole ?? Left;

    public string Of(int? status, bool isCut) => status switch
    {
        400 => BadRequest,
        429 => RateLimit,
        >= 500 => Server,
        _ => isCut ? Cut : InStream,
    };
}
