using System.Buffers;
using System.Text;
using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi.Responses.Answers;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>Writes the events of one response and counts them, without flushing. There is no <c>[DONE]</c>.</summary>
internal sealed class ResponseEventWriter(IBufferWriter<byte> output, ResponseAnswer answer, bool withUsage) : IEventWriter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, WireJson.Writing);
    private int _sequence;

    public void Created() => Response("response.created", "in_progress");

    public void InProgress() => Response("response.in_progress", "in_progress");

    /// <summary>The last event, which is the only one to tell of usage.</summary>
    public void Ended() => Response($"response.{answer.Status}", answer.Status);

    public void Event(ResponseEvent sent) => Event(sent.Type, sent.Write);

    public void Broken() => output.Write("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"seq\n\n"u8);

    /// <summary>As recorded at the API: the error in an object of its own, and then the response that failed of it.</summary>
    public void Failed(IProviderError error)
    {
        using var told = Parse(error);
        var inner = told.RootElement.GetProperty("error");
        Event("error", json =>
        {
            json.WritePropertyName("error");
            inner.WriteTo(json);
        });
        var reason = (inner.TextOf("code") ?? "server_error", inner.TextOf("message")!);
        Event("response.failed", json =>
        {
            json.WritePropertyName("response");
            ResponseJson.Write(json, answer, "failed", withUsage, reason);
        });
    }

    public void Dispose() => _json.Dispose();

    private static JsonDocument Parse(IProviderError error)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        error.Write(json, "");
        json.Flush();
        return JsonDocument.Parse(body.WrittenMemory);
    }

    private void Response(string type, string status) => Event(type, json =>
    {
        json.WritePropertyName("response");
        ResponseJson.Write(json, answer, status, withUsage);
    });

    private void Event(string type, Action<Utf8JsonWriter> write)
    {
        output.Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: "));
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type", type);
        _json.WriteNumber("sequence_number", _sequence++);
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }
}
