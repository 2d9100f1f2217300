using System.Text;
using System.Text.Json.Nodes;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Puts a stream together again as the protocols' SDKs do (facts: 6), and is as strict.</summary>
internal sealed record Hearing(Said[] Said, string Reason, JsonNode? Usage)
{
    public static Hearing OfChat(string stream)
    {
        Assert.That(stream, Does.EndWith("data: [DONE]\n\n"));
        var (text, calls, reason, usage) = (new StringBuilder(), new List<(string Name, StringBuilder Arguments)>(), "", (JsonNode?)null);
        var isFirst = true;
        foreach (var chunk in Data(stream))
        {
            if (chunk["choices"]!.AsArray() is not [{ } choice])
            {
                usage = chunk["usage"];
                continue;
            }

            Assert.That(reason, Is.Empty, "nothing follows the reason");
            var delta = choice["delta"]!;
            Assert.That(delta["role"]?.GetValue<string>(), Is.EqualTo(isFirst ? "assistant" : null));
            isFirst = false;
            text.Append(delta["content"]?.GetValue<string>());
            foreach (var call in delta["tool_calls"]?.AsArray() ?? [])
            {
                var index = call!["index"]!.GetValue<int>();
                if (index == calls.Count)
                {
                    Assert.That((call["id"]!.GetValue<string>(), call["type"]!.GetValue<string>()), Is.Not.EqualTo(("", "function")));
                    calls.Add((call["function"]!["name"]!.GetValue<string>(), new()));
                }

                calls[index].Arguments.Append(call["function"]!["arguments"]!.GetValue<string>());
            }

            reason = choice["finish_reason"]?.GetValue<string>() ?? "";
        }

        return new([.. Texts(text), .. calls.Select(call => new Said(call.Name, call.Arguments.ToString()))], reason, usage);
    }

    public static Hearing OfMessages(string stream)
    {
        var (said, open, reason, usage) = (new List<(string? Name, StringBuilder Content)>(), false, "", (JsonNode?)null);
        var types = new List<string>();
        foreach (var e in stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = e.Split('\n');
            var data = JsonNode.Parse(lines[1]["data: ".Length..])!;
            var type = data["type"]!.GetValue<string>();
            Assert.That(lines[0], Is.EqualTo($"event: {type}"), "an event without its name is not heard");
            types.Add(type);
            switch (type)
            {
                case "content_block_start":
                    Assert.That((open, data["index"]!.GetValue<int>()), Is.EqualTo((false, said.Count)), "blocks come one after the other, without a gap");
                    open = true;
                    said.Add((data["content_block"]!["name"]?.GetValue<string>(), new()));
                    break;
                case "content_block_delta":
                    Assert.That((open, data["index"]!.GetValue<int>()), Is.EqualTo((true, said.Count - 1)));
                    said[^1].Content.Append((data["delta"]!["text"] ?? data["delta"]!["partial_json"])!.GetValue<string>());
                    break;
                case "content_block_stop":
                    Assert.That((open, data["index"]!.GetValue<int>()), Is.EqualTo((true, said.Count - 1)));
                    open = false;
                    break;
                case "message_delta":
                    Assert.That(open, Is.False);
                    (reason, usage) = (data["delta"]!["stop_reason"]!.GetValue<string>(), data["usage"]!);
                    break;
            }
        }

        Assert.That((types[0], types[^2], types[^1]), Is.EqualTo(("message_start", "message_delta", "message_stop")));
        return new([.. said.Select(block => new Said(block.Name, block.Content.ToString()))], reason, usage);
    }

    /// <summary>As Mistral's SDK checks every chunk (facts: 6.3).</summary>
    public static Hearing OfMistral(string stream)
    {
        Assert.That(stream, Does.EndWith("\n\ndata: [DONE]\n\n"));
        var (text, said, reason, usage) = (new StringBuilder(), new List<Said>(), "", (JsonNode?)null);
        foreach (var chunk in Data(stream))
        {
            Assert.That(reason, Is.Empty, "nothing follows the reason");
            Assert.That(chunk.AsObject().TryGetPropertyValue("usage", out usage) && usage is null, Is.False, "a usage of null is refused");
            Assert.That((chunk["id"]!.GetValue<string>().Length > 0, chunk["object"]!.GetValue<string>(), chunk["created"]!.GetValueKind()), Is.EqualTo((true, "chat.completion.chunk", System.Text.Json.JsonValueKind.Number)));
            var choice = chunk["choices"]!.AsArray().Single()!;
            var delta = choice["delta"]!;
            text.Append(delta["content"] is JsonArray pieces ? string.Concat(pieces.Where(piece => piece!["type"]!.GetValue<string>() == "text").Select(piece => piece!["text"]!.GetValue<string>())) : delta["content"]?.GetValue<string>());
            foreach (var call in delta["tool_calls"]?.AsArray() ?? [])
            {
                Assert.That((call!["index"]!.GetValue<int>(), call["type"]!.GetValue<string>()), Is.EqualTo((said.Count, "function")), "a call is one delta");
                Assert.That(call["id"]!.GetValue<string>(), Does.Match("^[a-zA-Z0-9]{9}$"), "as Mistral takes it back");
                said.Add(new(call["function"]!["name"]!.GetValue<string>(), call["function"]!["arguments"]!.GetValue<string>()));
            }

            reason = choice["finish_reason"]?.GetValue<string>() ?? "";
            Assert.That(usage is not null, Is.EqualTo(reason.Length > 0), "usage comes with the reason");
        }

        return new([.. Texts(text), .. said], reason, usage);
    }

    /// <summary>Each event has the next number, each item and part begins before it grows and ends once, and the end tells all of it again.</summary>
    public static Hearing OfResponses(string stream)
    {
        var (texts, order, items, next) = (new Dictionary<(string?, int), StringBuilder>(), new List<string>(), new List<JsonNode>(), 0);
        JsonNode? response = null;
        foreach (var e in stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(e => !e.StartsWith(':')))
        {
            var lines = e.Split('\n');
            var data = JsonNode.Parse(lines[1]["data: ".Length..])!;
            var type = data["type"]!.GetValue<string>();
            Assert.That((lines[0], data["sequence_number"]!.GetValue<int>()), Is.EqualTo(($"event: {type}", next++)));
            Assert.That(next > 2 || type is "response.created" or "response.in_progress", type);
            var part = (data["item_id"]?.GetValue<string>(), data["content_index"]?.GetValue<int>() ?? 0);
            switch (type)
            {
                case "response.output_item.added":
                    Assert.That(data["output_index"]!.GetValue<int>(), Is.EqualTo(order.Count));
                    order.Add(data["item"]!["id"]!.GetValue<string>());
                    break;
                case "response.output_text.delta" or "response.refusal.delta" or "response.function_call_arguments.delta":
                    Assert.That(order, Does.Contain(part.Item1));
                    texts.TryAdd(part, new());
                    texts[part].Append(data["delta"]!.GetValue<string>());
                    break;
                case "response.output_text.done" or "response.refusal.done" or "response.function_call_arguments.done":
                    Assert.That((data["text"] ?? data["refusal"] ?? data["arguments"])!.GetValue<string>(), Is.EqualTo(texts[part].ToString()));
                    break;
                case "response.output_item.done":
                    Assert.That(data["item"]!["status"]?.GetValue<string>(), Is.EqualTo(data["item"]!["type"]!.GetValue<string>() == "reasoning" ? null : "completed"));
                    items.Add(data["item"]!);
                    break;
                case "response.completed" or "response.incomplete":
                    response = data["response"];
                    break;
            }
        }

        Assert.That(response!["output"]!.ToJsonString(), Is.EqualTo(new JsonArray([.. items.OrderBy(item => order.IndexOf(item["id"]!.GetValue<string>())).Select(item => item.DeepClone())]).ToJsonString()));
        return new(
            [.. response["output"]!.AsArray().Where(item => item!["type"]!.GetValue<string>() != "reasoning").Select(item => item!["type"]!.GetValue<string>() == "function_call"
                ? new Said(item["name"]!.GetValue<string>(), item["arguments"]!.GetValue<string>())
                : new Said(null, string.Concat(item["content"]!.AsArray().Select(part => (part!["text"] ?? part["refusal"])!.GetValue<string>()))))],
            response["status"]!.GetValue<string>(), response["usage"]);
    }

    private static IEnumerable<Said> Texts(StringBuilder text) => text.Length == 0 ? [] : [new(null, text.ToString())];

    private static IEnumerable<JsonNode> Data(string stream) => stream.Split('\n')
        .Where(line => line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: [DONE]").Select(line => JsonNode.Parse(line["data: ".Length..])!);
}
