using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Claude;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic;

/// <summary><c>GET models</c> and <c>GET models/{id}</c>.</summary>
internal sealed class ClaudeModelList(ClaudeCatalogue catalogue, FaultBoard faults, FaultGate gate, JsonReply json)
{
    public Task ListAsync(Exchange exchange)
    {
        var (error, page) = ClaudeModelPage.Of(exchange.Context.Request.Query, catalogue.Listed);
        return error is null ? SendAsync(exchange, null, writer => Write(writer, page!)) : ErrorReply.SendAsync(exchange, error);
    }

    public Task ShowAsync(Exchange exchange)
    {
        var id = (string)exchange.Context.Request.RouteValues["id"]!;
        return catalogue.Find(id) is { } model
            ? SendAsync(exchange, id, writer => ClaudeModelJson.Write(writer, model))
            : ErrorReply.SendAsync(exchange, AnthropicError.UnknownModel(id));
    }

    private async Task SendAsync(Exchange exchange, string? model, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, WireJson.Writing))
        {
            write(writer);
        }

        var fault = faults.Take(exchange, model);
        if (!await gate.AnsweredAsync(exchange, fault, streams: false))
        {
            await json.SendAsync(exchange, body.WrittenMemory, fault);
        }
    }

    private static void Write(Utf8JsonWriter writer, ClaudeModelPage page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var model in page.Models)
        {
            ClaudeModelJson.Write(writer, model);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("has_more", page.HasMore);
        writer.WriteString("first_id", page.Models is [var first, ..] ? first.Name : null);
        writer.WriteString("last_id", page.Models is [.., var last] ? last.Name : null);
        writer.WriteEndObject();
    }
}
