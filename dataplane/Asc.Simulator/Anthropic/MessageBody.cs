using System.Text.Json;
using Asc.Simulator.Anthropic.Checks;
using Asc.Simulator.Claude;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic;

/// <summary>The body of a request for a message, parsed and checked.</summary>
internal sealed class MessageBody(ClaudeCatalogue catalogue)
{
    /// <summary>Bytes; larger bodies are refused.</summary>
    private const int MaxSize = 32 * 1024 * 1024;

    /// <summary>Refuses the request, or hands its body and the model that it asks for to <paramref name="answer"/>.</summary>
    public async Task ReadAsync(Exchange exchange, bool countsOnly, Func<JsonElement, ClaudeModel, Task> answer)
    {
        var request = exchange.Context.Request;
        if (!request.HasJsonContentType())
        {
            await ErrorReply.SendAsync(exchange, AnthropicError.ContentType());
            return;
        }

        if (exchange.Body.Length > MaxSize)
        {
            await ErrorReply.SendAsync(exchange, AnthropicError.TooLarge());
            return;
        }

        using var document = WireJson.Parse(exchange.Body);
        if (document is null)
        {
            await ErrorReply.SendAsync(exchange, AnthropicError.NotJson());
            return;
        }

        var (error, model) = MessageRequestCheck.Check(document.RootElement, request, catalogue, countsOnly);
        await (error is null ? answer(document.RootElement, model!) : ErrorReply.SendAsync(exchange, error));
    }
}
