using System.Text.Json;
using Asc.Simulator.OpenAi.Responses.Answers;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>The events of one item: it is added, its content comes in pieces, and is then said once more as a whole.</summary>
/// <param name="item">The item.</param>
/// <param name="index">Its place in the output.</param>
/// <param name="obfuscate">Whether deltas are padded.</param>
internal sealed class ItemEvents(OutputItem item, int index, bool obfuscate)
{
    private const string Padding = "abcdefghijklmnop";

    public IEnumerable<ResponseEvent> All() => item switch
    {
        MessageItem message => Around(Message(message)),
        CallItem call => Around(Call(call), tokens: 1),
        ReasoningItem reasoning => Around(reasoning.Pieces.Count > 0 ? Summary(reasoning) : [], reasoning.Tokens, reasoning.Tokens),
        _ => throw new InvalidOperationException(item.GetType().Name),
    };

    private IEnumerable<ResponseEvent> Around(IEnumerable<ResponseEvent> content, int tokens = 0, int reasoning = 0) =>
    [
        new("response.output_item.added", json => WriteItem(json, isDone: false), Tokens: tokens, Reasoning: reasoning),
        .. content,
        new("response.output_item.done", json => WriteItem(json, isDone: true)),
    ];

    private IEnumerable<ResponseEvent> Message(MessageItem message)
    {
        var (kind, field) = message.IsRefusal ? ("refusal", "refusal") : ("output_text", "text");
        yield return Of("response.content_part.added", "content_index", json => WritePart(json, message, ""));
        foreach (var piece in message.Pieces)
        {
            yield return Delta($"response.{kind}.delta", "content_index", piece, hasLogprobs: !message.IsRefusal, tokens: 1);
        }

        yield return Of($"response.{kind}.done", "content_index", json =>
        {
            if (!message.IsRefusal)
            {
                WriteLogprobs(json);
            }

            json.WriteString(field, string.Concat(message.Pieces));
        });
        yield return Of("response.content_part.done", "content_index", json => WritePart(json, message, string.Concat(message.Pieces)));
    }

    private IEnumerable<ResponseEvent> Call(CallItem call)
    {
        var kind = call.IsCustom ? "response.custom_tool_call_input" : "response.function_call_arguments";
        foreach (var piece in call.Pieces)
        {
            yield return Delta($"{kind}.delta", null, piece, hasLogprobs: false, tokens: 1);
        }

        yield return Of($"{kind}.done", null, json =>
        {
            json.WriteString(call.IsCustom ? "input" : "arguments", string.Concat(call.Pieces));
            if (!call.IsCustom)
            {
                json.WriteString("name", call.Name);
            }
        });
    }

    // Its tokens were billed with the item: a summary is not what was thought.
    private IEnumerable<ResponseEvent> Summary(ReasoningItem reasoning)
    {
        yield return Of("response.reasoning_summary_part.added", "summary_index", json => WriteSummary(json, ""));
        foreach (var piece in reasoning.Pieces)
        {
            yield return Delta("response.reasoning_summary_text.delta", "summary_index", piece, hasLogprobs: false, tokens: 0);
        }

        var text = string.Concat(reasoning.Pieces);
        yield return Of("response.reasoning_summary_text.done", "summary_index", json => json.WriteString("text", text));
        yield return Of("response.reasoning_summary_part.done", "summary_index", json => WriteSummary(json, text));
    }

    private ResponseEvent Delta(string type, string? partIndex, string piece, bool hasLogprobs, int tokens) => Of(type, partIndex, json =>
    {
        json.WriteString("delta", piece);
        if (hasLogprobs)
        {
            WriteLogprobs(json);
        }

        if (obfuscate)
        {
            json.WriteString("obfuscation", Padding.AsSpan(0, Math.Max(1, Padding.Length - piece.Length)));
        }
    }) with { IsContent = true, Tokens = tokens };

    private ResponseEvent Of(string type, string? partIndex, Action<Utf8JsonWriter> write) => new(type, json =>
    {
        json.WriteString("item_id", item.Id);
        json.WriteNumber("output_index", index);
        if (partIndex is not null)
        {
            json.WriteNumber(partIndex, 0);
        }

        write(json);
    });

    private void WriteItem(Utf8JsonWriter json, bool isDone)
    {
        json.WriteNumber("output_index", index);
        json.WritePropertyName("item");
        ItemJson.Write(json, item, isDone);
    }

    private static void WritePart(Utf8JsonWriter json, MessageItem message, string text)
    {
        json.WritePropertyName("part");
        ItemJson.WritePart(json, message, text);
    }

    private static void WriteSummary(Utf8JsonWriter json, string text)
    {
        json.WritePropertyName("part");
        ItemJson.WriteSummary(json, text);
    }

    private static void WriteLogprobs(Utf8JsonWriter json)
    {
        json.WriteStartArray("logprobs");
        json.WriteEndArray();
    }
}
