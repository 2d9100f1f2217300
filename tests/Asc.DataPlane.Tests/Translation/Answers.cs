using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What a model says: a text, or a call of a tool.</summary>
/// <param name="Name">The tool's; null: a text.</param>
/// <param name="Content">The text, or the JSON of the call's arguments.</param>
internal sealed record Said(string? Name, string Content);

/// <summary>Random answers, and how providers would send them.</summary>
internal static class Answers
{
    private static readonly Gen<string> Text = Gen.OneOf(
        "plain", " with blanks ", "quote \" backslash \\ slash /", "line\nbreak\ttab\r", "é ß 漢字", "😀👩‍👩‍👧", "\u2028\u2029", "{\"looks\":\"like JSON\"}", "}", "data: [DONE]\n\n", "\0\u001f")
        .Array[1, 4].Select(string.Concat);

    private static readonly Gen<JsonNode> Value = Gen.OneOf(
        Text.Select(text => (JsonNode)JsonValue.Create(text)!), Gen.Int.Select(number => (JsonNode)JsonValue.Create(number)), Gen.Const(0).Select(_ => (JsonNode)new JsonArray(1, new JsonObject(), "}")),
        Text.Select(text => (JsonNode)new JsonObject { ["in\"ner"] = text }));

    private static readonly Gen<string> Arguments = Gen.Select(Text, Value).Array[0, 3].Select(members =>
        new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, (JsonNode?)member.Item2.DeepClone()))).ToJsonString());

    public static Gen<Said[]> Any { get; } = Gen.Frequency((2, Text.Select(text => new Said(null, text))), (3, Arguments.Select(arguments => new Said("tool", arguments)))).Array[0, 5];

    /// <summary>Where a text is cut: at each of these lengths, over and over; never within a character.</summary>
    public static IEnumerable<string> Cut(string text, int[] lengths)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        for (int at = 0, turn = 0; at < runes.Length; turn++)
        {
            var length = lengths[turn % lengths.Length];
            yield return string.Concat(runes.Skip(at).Take(length));
            at += length;
        }
    }

    /// <summary>As Anthropic sends it.</summary>
    public static string MessagesStream(Said[] answer, int[] lengths, JsonSerializerOptions json)
    {
        var stream = new StringBuilder();
        void Send(string type, object data) => stream.Append($"event: {type}\ndata: {JsonSerializer.Serialize(data, json)}\n\n");
        Send("message_start", new { type = "message_start", message = new { id = "msg_1", content = Array.Empty<int>(), usage = new { input_tokens = 7, output_tokens = 1 } } });
        Send("ping", new { type = "ping" });
        for (var index = 0; index < answer.Length; index++)
        {
            var (name, content) = answer[index];
            Send("content_block_start", new { type = "content_block_start", index, content_block = name is null ? (object)new { type = "text", text = "" } : new { type = "tool_use", id = $"toolu_{index}", name, input = new { } } });
            foreach (var piece in content == "{}" ? [] : Cut(content, lengths))
            {
                Send("content_block_delta", new { type = "content_block_delta", index, delta = name is null ? (object)new { type = "text_delta", text = piece } : new { type = "input_json_delta", partial_json = piece } });
            }

            Send("content_block_stop", new { type = "content_block_stop", index });
        }

        Send("message_delta", new { type = "message_delta", delta = new { stop_reason = answer.Any(said => said.Name is not null) ? "tool_use" : "end_turn" }, usage = new { output_tokens = 5 } });
        Send("message_stop", new { type = "message_stop" });
        return stream.ToString();
    }

    /// <summary>As OpenAI sends it, and those that resemble it.</summary>
    /// <param name="interleaves">Whether calls come in turns of a piece each, and not one after the other.</param>
    public static string ChatStream(Said[] answer, int[] lengths, JsonSerializerOptions json, bool interleaves)
    {
        var stream = new StringBuilder();
        void Send(object data) => stream.Append($"data: {JsonSerializer.Serialize(data, json)}\n\n");
        void Delta(object delta, string? finish = null) => Send(new { id = "chatcmpl-1", choices = new[] { new { index = 0, delta, finish_reason = finish } } });
        Delta(new { role = "assistant", content = "" });
        foreach (var piece in answer.Where(said => said.Name is null).SelectMany(said => Cut(said.Content, lengths)))
        {
            Delta(new { content = piece, tool_calls = Array.Empty<int>() });
        }

        var calls = answer.Where(said => said.Name is not null).Select((said, index) => new Queue<object>(
            Cut(said.Content, lengths).Select(piece => (object)new { tool_calls = new[] { new { index, function = new { arguments = piece } } } })
                .Prepend(new { tool_calls = new[] { new { index, id = $"call_{index}", type = "function", function = new { name = said.Name, arguments = "" } } } }))).ToArray();
        while (calls.FirstOrDefault(call => call.Count > 0) is { } first)
        {
            foreach (var call in interleaves ? calls.Where(call => call.Count > 0) : [first])
            {
                Delta(call.Dequeue());
            }
        }

        // As vLLM says it where tools were called.
        Delta(new { }, "stop");
        Send(new { id = "chatcmpl-1", choices = Array.Empty<int>(), usage = new { prompt_tokens = 7, completion_tokens = 5 } });
        stream.Append("data: [DONE]\n\n");
        return stream.ToString();
    }

    /// <summary>As OpenAI sends it as a response.</summary>
    /// <param name="interleaves">Whether calls come in turns of a piece each, and not one after the other.</param>
    /// <param name="inPieces">Whether their arguments come in pieces, and not with their end alone.</param>
    public static string ResponsesStream(Said[] answer, int[] lengths, JsonSerializerOptions json, bool interleaves, bool inPieces)
    {
        var (stream, number) = (new StringBuilder(), 0);
        void Send(string type, JsonObject data)
        {
            (data["type"], data["sequence_number"]) = (type, number++);
            stream.Append($"event: {type}\ndata: {data.ToJsonString(json)}\n\n");
        }

        JsonObject Response(string status) => new() { ["id"] = "resp_1", ["object"] = "response", ["status"] = status, ["incomplete_details"] = null, ["tools"] = new JsonArray(new JsonObject { ["type"] = "function", ["name"] = "tool" }) };
        Send("response.created", new() { ["response"] = Response("in_progress") });
        Send("response.in_progress", new() { ["response"] = Response("in_progress") });
        Send("response.output_item.added", new() { ["output_index"] = 0, ["item"] = new JsonObject { ["id"] = "rs_1", ["type"] = "reasoning", ["summary"] = new JsonArray() } });
        Send("response.output_item.done", new() { ["output_index"] = 0, ["item"] = new JsonObject { ["id"] = "rs_1", ["type"] = "reasoning", ["summary"] = new JsonArray() } });
        var items = answer.Select((said, index) => new Queue<(string Type, JsonObject Data)>(ItemEvents(said, index + 1, lengths, inPieces))).ToArray();
        while (items.FirstOrDefault(item => item.Count > 0) is { } first)
        {
            foreach (var item in interleaves ? items.Where((item, index) => item.Count > 0 && (item == first || answer[index].Name is not null)) : [first])
            {
                var (type, data) = item.Dequeue();
                Send(type, data);
            }
        }

        var completed = Response("completed");
        completed["usage"] = new JsonObject { ["input_tokens"] = 7, ["output_tokens"] = 5, ["total_tokens"] = 12 };
        Send("response.completed", new() { ["response"] = completed });
        return stream.ToString();
    }

    private static IEnumerable<(string Type, JsonObject Data)> ItemEvents(Said said, int index, int[] lengths, bool inPieces)
    {
        var kind = said.Name is null ? "output_text" : "function_call_arguments";
        JsonObject Of(params (string Name, JsonNode? Value)[] members) => new([KeyValuePair.Create("output_index", (JsonNode?)index), .. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);
        JsonObject Item(string content) => said.Name is null
            ? new() { ["id"] = $"msg_{index}", ["type"] = "message", ["role"] = "assistant", ["content"] = content.Length == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = content, ["annotations"] = new JsonArray() }) }
            : new() { ["id"] = $"fc_{index}", ["type"] = "function_call", ["call_id"] = $"call_{index}", ["name"] = said.Name, ["arguments"] = content };
        yield return ("response.output_item.added", Of(("item", Item(""))));
        foreach (var piece in said.Name is null || inPieces ? Cut(said.Content, lengths) : [])
        {
            yield return ($"response.{kind}.delta", Of(("item_id", $"fc_{index}"), ("delta", piece), ("obfuscation", "abc")));
        }

        yield return ($"response.{kind}.done", Of(("item_id", $"fc_{index}"), (said.Name is null ? "text" : "arguments", said.Content)));
        yield return ("response.output_item.done", Of(("item", Item(said.Content))));
    }

    /// <summary>As Mistral sends it: calls at the end, whole, with or without what can be left out; or in pieces, as its partners' models do.</summary>
    public static string MistralStream(Said[] answer, int[] lengths, JsonSerializerOptions json, bool inPieces)
    {
        var stream = new StringBuilder();
        void Send(object delta, string? finish = null, object? usage = null) => stream.Append($"data: {JsonSerializer.Serialize(usage is null
            ? (object)new { id = "1", choices = new[] { new { index = 0, delta, finish_reason = finish } }, p = "abc" }
            : new { id = "1", choices = new[] { new { index = 0, delta, finish_reason = finish } }, usage, p = "abc" }, json)}\n\n");
        Send(new { role = "assistant", content = "" });
        foreach (var piece in answer.Where(said => said.Name is null).SelectMany(said => Cut(said.Content, lengths)))
        {
            Send(lengths[0] % 2 == 0 ? new { content = new[] { new { type = "text", text = piece } } } : new { content = piece });
        }

        var calls = answer.Where(said => said.Name is not null).ToArray();
        for (var index = 0; inPieces && index < calls.Length; index++)
        {
            Send(new { tool_calls = new[] { new { id = $"abcDEF12{index}", type = "function", function = new { name = calls[index].Name, arguments = "" }, index } }, content = "" });
            foreach (var piece in Cut(calls[index].Content, lengths))
            {
                Send(new { tool_calls = new[] { new { type = "function", function = new { name = "", arguments = piece }, index } }, content = "" });
            }
        }

        object Call(Said said, int index) => lengths[^1] % 2 == 0
            ? new { id = $"abcDEF12{index}", function = new { name = said.Name, arguments = JsonNode.Parse(said.Content) } }
            : new { id = $"abcDEF12{index}", type = "function", function = new { name = said.Name, arguments = said.Content }, index };
        Send(
            inPieces || calls.Length == 0 ? new { content = "" } : new { content = (string?)null, tool_calls = calls.Select(Call).ToArray() },
            calls.Length > 0 ? "tool_calls" : "stop", new { prompt_tokens = 7, completion_tokens = 5, total_tokens = 12, prompt_tokens_details = (object?)null });
        stream.Append("data: [DONE]\n\n");
        return stream.ToString();
    }
}
