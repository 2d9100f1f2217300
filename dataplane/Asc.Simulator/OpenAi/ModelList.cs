using System.Buffers;
using System.Text.Json;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary><c>GET models</c> and <c>GET models/{id}</c>.</summary>
internal sealed class ModelList(ModelCatalogue catalogue, FaultBoard faults, FaultGate gate, JsonReply json)
{
    private const long Created = 1754524800;

    public Task ListAsync(Exchange exchange) => SendAsync(exchange, null, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (var model in catalogue.Listed)
        {
            WriteModel(writer, model);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public Task ShowAsync(Exchange exchange)
    {
        var id = (string)exchange.Context.Request.RouteValues["id"]!;
        return catalogue.Serves(id) || catalogue.FindEmbedding(id) is not null
            ? SendAsync(exchange, id, writer => WriteModel(writer, id))
            : ErrorReply.SendAsync(exchange, OpenAiError.ModelNotFound(id));
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

    private static void WriteModel(Utf8JsonWriter writer, string model)
    {
        writer.WriteStartObject();
        writer.WriteString("id", model);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", Created);
        writer.WriteString("owned_by", "system");
        writer.WriteEndObject();
    }
}
