using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary><c>GET models</c> and <c>GET models/{id}</c>.</summary>
internal sealed class MistralModelList(MistralCatalogue catalogue, FaultBoard faults, FaultGate gate, JsonReply json)
{
    public Task ListAsync(Exchange exchange) => SendAsync(exchange, null, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (var (id, model) in catalogue.Listed)
        {
            MistralModelJson.Write(writer, id, model);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public Task ShowAsync(Exchange exchange)
    {
        var id = (string)exchange.Context.Request.RouteValues["id"]!;
        return catalogue.Find(id) is { } model
            ? SendAsync(exchange, id, writer => MistralModelJson.Write(writer, id, model))
            : ErrorReply.SendAsync(exchange, MistralDetail.NotFound);
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
}
