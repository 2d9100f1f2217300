using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary>The JSON body of a request.</summary>
internal static class OpenAiBody
{
    /// <summary>Refuses the request, or hands its body to <paramref name="answer"/>.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="check">What is wrong with the object that the body is.</param>
    /// <param name="answer">What comes next.</param>
    public static async Task ReadAsync(Exchange exchange, Func<JsonElement, IProviderError?> check, Func<JsonElement, Task> answer)
    {
        if (!exchange.Context.Request.HasJsonContentType())
        {
            await ErrorReply.SendAsync(exchange, OpenAiError.ContentType(exchange.Context.Request.ContentType));
            return;
        }

        using var document = WireJson.Parse(exchange.Body);
        var error = document is null || document.RootElement.ValueKind != JsonValueKind.Object ? OpenAiError.NotJson() : check(document.RootElement);
        await (error is null ? answer(document!.RootElement) : ErrorReply.SendAsync(exchange, error));
    }
}
