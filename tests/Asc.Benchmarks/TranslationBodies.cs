using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Asc.Benchmarks;

/// <summary>The same conversation in either protocol.</summary>
internal static class TranslationBodies
{
    private const string Words = "The quick brown fox jumps over the lazy dog, and says \"good morning\" to everyone whom it meets on its way through the forest. ";

    public static byte[] Chat(int turns, int tools) => Bytes(new()
    {
        ["model"] = "m", ["max_completion_tokens"] = 1000, ["stream"] = true, ["stream_options"] = new JsonObject { ["include_usage"] = true },
        ["messages"] = new JsonArray([new JsonObject { ["role"] = "system", ["content"] = Words }, .. Enumerable.Range(0, turns).Select(static turn => (JsonNode)new JsonObject { ["role"] = Role(turn), ["content"] = Words }), .. Last]),
        ["tools"] = Tools(tools, static name => new() { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["description"] = Words, ["parameters"] = Schema() } }),
    });

    public static byte[] Messages(int turns, int tools) => Bytes(new()
    {
        ["model"] = "m", ["max_tokens"] = 1000, ["stream"] = true, ["system"] = Words,
        ["messages"] = new JsonArray([.. Enumerable.Range(0, turns).Select(static turn => (JsonNode)new JsonObject { ["role"] = Role(turn), ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Words }) }), .. Last]),
        ["tools"] = Tools(tools, static name => new() { ["name"] = name, ["description"] = Words, ["input_schema"] = Schema() }),
    });

    private static JsonNode[] Last => [new JsonObject { ["role"] = "user", ["content"] = Words }];

    private static string Role(int turn) => turn % 2 == 0 ? "user" : "assistant";

    private static JsonArray Tools(int count, Func<string, JsonObject> tool) => [.. Enumerable.Range(0, count).Select(index => (JsonNode)tool($"tool_{index}"))];

    private static JsonObject Schema() => new()
    {
        ["type"] = "object", ["properties"] = new JsonObject { ["city"] = new JsonObject { ["type"] = "string", ["description"] = Words }, ["days"] = new JsonObject { ["type"] = "integer" } }, ["required"] = new JsonArray("city"),
    };

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}
