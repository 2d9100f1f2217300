using System.Text.Json.Nodes;
using Asc.Simulator.Faults;

namespace Asc.Conformance.Tests;

/// <summary>The rows of the matrix.</summary>
internal static class Scenarios
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    // Less may not be asked for of a response.
    private const int Few = 16;

    // A response has text from the fifth event on.
    private const int Some = 7;

    private const string Long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

    // Longer than what is read of a socket at once, and not of ASCII alone.
    private static readonly string LongSystem = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"Rule {i}: be brief, naïve and 親切. "));
    private static readonly AskedTool[] Tools = [Tool("get_weather", "The weather in a city", "city"), Tool("get_time", "The time in a zone", "zone")];
    private static readonly string[] Both = ["get_weather", "get_time"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("text", new("Say hello to Zoë 👋")) { Check = heard => Says(heard, "You said: Say hello to Zoë 👋") },
        new("tools", new("What is the weather in Bonn?") { Tools = Tools }) { Ending = Ending.ToolCalls, Check = heard => Calls(heard, "get_weather") ?? CityIs(heard.Calls[0].Input, "Bonn") },
        new("a tool without input", new("What next?") { Tools = [new("get_next", "What comes next", new() { ["type"] = "object", ["properties"] = new JsonObject() })] })
        {
            Ending = Ending.ToolCalls,
            Check = heard => Calls(heard, "get_next") ?? (heard.Calls[0].Input.Count == 0 ? null : "it gave input"),
        },
        new("parallel tools", new("Both in parallel, please") { Tools = Tools }) { Ending = Ending.ToolCalls, Check = heard => Calls(heard, Both) },
        new("tool results", new("Both in parallel, please") { Tools = Tools, Results = ["rain, 7 °C", "noon"] })
        {
            Check = heard => Calls(heard, Both) ?? Says(heard, "The tool answered: ") ?? (heard.Text.Contains("noon", StringComparison.Ordinal) ? null : "the last tool's result was not read"),
        },
        new("images", new("What is this?") { Image = Png }) { Check = heard => heard.Usage?.Input >= 80 ? null : $"{heard.Usage?.Input} tokens of input are too few for an image" },
        new("JSON schema", new("Bonn") { Schema = Schema() }) { Check = heard => heard.Parsed is { } answer ? CityIs(answer, "Bonn") : "nothing was parsed" },
        new("long system prompt", new("hello") { System = LongSystem }) { Check = heard => heard.Usage?.InputAtLeast >= LongSystem.Length / 5 ? Says(heard, "You said: hello") : $"{heard.Usage?.Input} tokens of input are too few" },
        new("stop", new("one two three") { Stop = ["two"] }) { Ending = Ending.StopSequence, Check = heard => heard.Text == "You said: one " ? null : $"it said \"{heard.Text}\"" },
        new("length", new(Long) { MaxTokens = Few }) { Ending = Ending.Length, Check = heard => heard.Usage?.Output == Few ? null : $"{heard.Usage?.Output} tokens of output" },
        new("refusal", new("ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL")) { Ending = Ending.Refusal },
        new("embeddings", new("") { Embeds = ["hello", "Zoë 👋"] }) { Ending = Ending.Embedded, Check = heard => AreVectors(heard.Vectors) },
        Failing("error 400", 400, 400, "provider_rejected"),
        Failing("error 429", 429, 429, "provider_rate_limited"),
        Failing("error 529", 529, 502, "provider_error"),
        new("error in a stream", new(Long)) { Fault = new() { Kind = FaultKind.Error, Status = 500, AfterChunks = Some }, Failure = (null, "provider_error"), StreamOnly = "an answer that comes whole has no middle to fail in" },
        new("cut stream", new(Long)) { Fault = new() { Kind = FaultKind.Cut, AfterChunks = Some }, Failure = (null, "provider_error"), StreamOnly = "an answer that comes whole has no middle to fail in" },
        new("abort", new(Long) { Leaves = true }) { Fault = new() { Kind = FaultKind.Stall, AfterChunks = Some } },
    ];

    private static Scenario Failing(string name, int upstream, int status, string code) =>
        new(name, new("hello")) { Fault = new() { Kind = FaultKind.Status, Status = upstream }, Failure = (status, code) };

    private static AskedTool Tool(string name, string description, string parameter) => new(name, description, new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [parameter] = new JsonObject { ["type"] = "string", ["description"] = "Which one" } },
        ["required"] = new JsonArray(parameter),
    });

    private static JsonObject Schema() => JsonNode.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["city","days"],"properties":{"city":{"type":"string"},"days":{"type":"array","items":
        {"type":"object","additionalProperties":false,"required":["rain","high"],"properties":{"rain":{"type":"boolean"},"high":{"type":"integer"}}}}}}
        """)!.AsObject();

    private static string? Says(Heard heard, string beginning) => heard.Text.StartsWith(beginning, StringComparison.Ordinal) ? null : $"it said \"{heard.Text}\"";

    private static string? Calls(Heard heard, params string[] names) =>
        heard.Calls.Select(call => call.Name).SequenceEqual(names) ? null : $"it called {string.Join(", ", heard.Calls.Select(call => $"{call.Name}({call.Input.ToJsonString()})"))}";

    // Of length 1, as they only are if each number was read right.
    private static string? AreVectors(IReadOnlyList<IReadOnlyList<float>> vectors) =>
        vectors.Count == 2 && vectors.All(vector => vector.Count is 1536 or 1024 && Math.Abs(vector.Sum(number => (double)number * number) - 1) < 0.001) && !vectors[0].SequenceEqual(vectors[1]) ? null
        : $"{vectors.Count} vectors, of {string.Join(", ", vectors.Select(vector => vector.Count))} numbers";

    private static string? CityIs(JsonNode answer, string city) => (string?)answer["city"] == city ? null : $"it gave {answer.ToJsonString()}";
}
