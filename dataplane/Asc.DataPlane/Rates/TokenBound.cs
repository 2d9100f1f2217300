using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Rates;

/// <summary>How many tokens a request is taken to use before that is known.</summary>
internal static class TokenBound
{
    private const long MostChoices = 128;

    // A picture is not as many tokens as the bytes that it is written with.
    private static long PromptOf(GatewayExchange exchange) => exchange.Body.Length - exchange.Request.Attachments.Bytes + exchange.Request.Attachments.Tokens;

    /// <summary>
    /// A token is a byte at least, and each choice may be as long as the longest. Where neither request nor tenant bounds the answer it is taken to be
    /// as long as usual: the most that a model can write would let hardly anybody in.
    /// </summary>
    public static long Of(GatewayExchange exchange)
    {
        var output = exchange.Request.MaxOutput;
        return PromptOf(exchange) + ((output.Asked ?? exchange.Tenant!.MaxOutputTokens ?? RequestShape.UsualOutputTokens) * Math.Clamp(output.Choices, 1, MostChoices));
    }
}
