using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>
/// A prompt as the model and the cache see it: tools, system prompt, messages, in this order.
/// Four characters a token, three tokens for each message and three for the answer's start; a picture or a document is a fixed number.
/// </summary>
internal sealed class Prompt
{
    private const int PerMessage = 3;
    private const int PerAnswer = 3;
    private const int PerMediaPart = 85;

    private static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(5);

    private Prompt(List<PromptSegment> segments)
    {
        Segments = segments;
        Tokens = segments.Sum(segment => segment.Tokens) + PerAnswer;
    }

    /// <summary>The longer of the two lives that the cache knows.</summary>
    public static TimeSpan LongLife { get; } = TimeSpan.FromHours(1);

    public IReadOnlyList<PromptSegment> Segments { get; }

    public int Tokens { get; }

    public static Prompt Of(JsonElement body)
    {
        var segments = new List<PromptSegment>();
        if (body.TryGetPresent("tools", out var tools))
        {
            segments.AddRange(tools.EnumerateArray().Select(tool => Segment("tools", tool, 0)));
        }

        if (body.TryGetPresent("system", out var system))
        {
            AddContent(segments, "system", system);
        }

        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            AddContent(segments, message.TextOf("role")!, message.GetProperty("content"));
        }

        if (body.TryGetPresent("cache_control", out var control) && segments is [.., var last])
        {
            segments[^1] = last with { Life = last.Life ?? LifeOf(control) };
        }

        return new Prompt(segments);
    }

    private static void AddContent(List<PromptSegment> segments, string role, JsonElement content)
    {
        var extra = PerMessage;
        if (content.ValueKind == JsonValueKind.String)
        {
            segments.Add(Segment(role, content, extra));
            return;
        }

        foreach (var block in content.EnumerateArray())
        {
            segments.Add(Segment(role, block, extra));
            extra = 0;
        }
    }

    private static PromptSegment Segment(string role, JsonElement block, int extra) => new(role, block, extra + Count(block), LifeWithin(block));

    private static int Count(JsonElement block) => block.ValueKind == JsonValueKind.String
        ? TokenPieces.Estimate(block.GetString()!.Length)
        : block.TextOf("type") switch
        {
            "text" => TokenPieces.Estimate(block.TextOf("text")!.Length),
            "image" or "document" => PerMediaPart,
            "thinking" => TokenPieces.Estimate(block.TextOf("thinking")!.Length),
            "redacted_thinking" => 1,
            "tool_result" => TokenPieces.Estimate(block.TextOf("content")?.Length ?? 0) + MessageContent.Blocks(block).Sum(Count),
            _ => TokenPieces.Estimate(block.GetRawText().Length),
        };

    // A breakpoint inside a tool result is as good as one at its end: results are cached whole.
    private static TimeSpan? LifeWithin(JsonElement block) =>
        block.ValueKind != JsonValueKind.Object ? null
        : block.TryGetPresent("cache_control", out var control) ? LifeOf(control)
        : MessageContent.Blocks(block).Select(LifeWithin).LastOrDefault(life => life is not null);

    private static TimeSpan LifeOf(JsonElement control) => control.TextOf("ttl") == "1h" ? LongLife : ShortLife;
}
