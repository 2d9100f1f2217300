using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Wire;

/// <summary>The protocols that clients speak.</summary>
internal static class ClientDialects
{
    public static ClientDialect OpenAi { get; } = new OpenAiClient();

    public static ClientDialect Responses { get; } = new ResponsesClient();

    public static ClientDialect Anthropic { get; } = new AnthropicClient();

    public static ClientDialect Mistral { get; } = new MistralClient();

    /// <summary>What a client speaks that asks for what nobody serves.</summary>
    public static ClientDialect Of(HttpRequest request) =>
        request.Path.StartsWithSegments("/mistral", StringComparison.Ordinal) ? Mistral
        : request.Headers.ContainsKey("anthropic-version") ? Anthropic
        : OpenAi;
}
