using Asc.Policy.Decisions;

namespace Asc.DataPlane;

/// <summary>How a request ended other than well.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Status">The HTTP status; the code's own, but for a provider's that is kept.</param>
/// <param name="Message">For the caller: what is wrong, and how to mend it.</param>
/// <param name="Parameter">The request field at fault; null where it is none.</param>
/// <param name="RetryAfter">When the same request may pass, where that is known.</param>
/// <param name="LastsUntilMended">Whether the client had better not repeat it this time, though it may where the code is the same.</param>
/// <param name="ProviderCode">What the provider calls it, where it found fault with the request: applications look for some of these, as "content_filter".</param>
/// <param name="DetailCode">What the client's own protocol calls it beside its type, where its SDKs act on that.</param>
internal sealed record GatewayError(ErrorCode Code, int Status, string Message, string? Parameter = null, TimeSpan? RetryAfter = null, bool LastsUntilMended = false, string? ProviderCode = null, string? DetailCode = null)
{
    /// <summary>Whether the provider has too much to do, which Anthropic's clients have ways of their own with.</summary>
    public bool IsOverload { get; init; }

    /// <summary>Whether the same request may succeed later without anyone's doing.</summary>
    public bool RetryMayHelp => Code.Describe().RetryMayHelp && !LastsUntilMended;

    public GatewayError(ErrorCode code, string message, string? parameter = null)
        : this(code, code.Describe().Status, message, parameter)
    {
    }
}
