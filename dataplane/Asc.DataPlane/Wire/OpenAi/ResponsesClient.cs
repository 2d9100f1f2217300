using System.Text.Json;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A client of OpenAI's responses: a stream that breaks ends with an error, and then with the response as a failed one (facts: 2.2, as recorded; SDKs take the first).</summary>
internal sealed class ResponsesClient : OpenAiClient
{
    public override ReadOnlyMemory<byte> ErrorEvent(GatewayError error, in StreamSoFar stream)
    {
        var (sequence, response) = (stream.Events, new ResponseObject(stream.Answer) { Error = error, ProviderId = stream.ProviderId });
        var told = Event("error", sequence, writer => WriteErrorMember(writer, error));
        var failed = Event("response.failed", sequence + 1, writer =>
        {
            writer.WritePropertyName("response"u8);
            response.Write(writer, null);
        });
        return (byte[])[.. told, .. failed];
    }

    private static byte[] Event(string type, int sequence, Action<Utf8JsonWriter> members)
    {
        var data = Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteNumber("sequence_number"u8, sequence);
            members(writer);
            writer.WriteEndObject();
        });
        return [.. "event: "u8, .. System.Text.Encoding.ASCII.GetBytes(type), .. "\ndata: "u8, .. data.Span, .. "\n\n"u8];
    }
}
