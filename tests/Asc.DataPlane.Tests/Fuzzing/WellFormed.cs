using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>What may come out, whatever went in.</summary>
internal static class WellFormed
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 5000 };

    /// <summary>JSON (RFC 8259) that is text.</summary>
    public static void Json(ReadOnlyMemory<byte> json)
    {
        Assert.That(Utf8.IsValid(json.Span), Is.True, "UTF-8");
        JsonDocument.Parse(json, AnyDepth).Dispose();
    }

    /// <summary>Chunks, as OpenAI's SDKs read them.</summary>
    /// <param name="isWhole">Whether it came to its end.</param>
    public static void ChatStream(string stream, bool isWhole)
    {
        var finished = false;
        foreach (var text in EventsOf(stream).Where(static text => text is not (": ping" or "data: [DONE]")))
        {
            Assert.That(text, Does.StartWith("data: {").And.Not.Contain('\n'));
            using var chunk = JsonDocument.Parse(text["data: ".Length..], AnyDepth);
            if (!chunk.RootElement.TryGetProperty("choices"u8, out var choices) || choices.GetArrayLength() == 0)
            {
                continue;
            }

            Assert.That(finished, Is.False, "nothing follows the reason");
            Assert.That(choices[0].GetProperty("delta"u8).ValueKind, Is.EqualTo(JsonValueKind.Object));
            finished = choices[0].GetProperty("finish_reason"u8).ValueKind == JsonValueKind.String;
        }

        Assert.That(!isWhole || stream.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal), Is.True, "its end");
    }

    /// <summary>Events, as Anthropic's SDKs read them: a message of blocks that follow one another.</summary>
    /// <inheritdoc cref="ChatStream"/>
    public static void MessageStream(string stream, bool isWhole)
    {
        var (blocks, open, types) = (0, false, new List<string>());
        foreach (var text in EventsOf(stream))
        {
            var lines = text.Split('\n');
            Assert.That((lines.Length, lines[^1]), Is.EqualTo((2, lines[1])));
            using var data = JsonDocument.Parse(lines[1]["data: ".Length..], AnyDepth);
            var type = data.RootElement.GetProperty("type"u8).GetString()!;
            Assert.That(lines[0], Is.EqualTo($"event: {type}"));
            if (type == "ping")
            {
                continue;
            }

            types.Add(type);
            switch (type)
            {
                case "content_block_start":
                    Assert.That((open, data.RootElement.GetProperty("index"u8).GetInt32()), Is.EqualTo((false, blocks)));
                    (open, blocks) = (true, blocks + 1);
                    break;
                case "content_block_delta":
                case "content_block_stop":
                    Assert.That((open, data.RootElement.GetProperty("index"u8).GetInt32()), Is.EqualTo((true, blocks - 1)));
                    open = type == "content_block_delta";
                    break;
                case "message_delta":
                    Assert.That(open, Is.False, "every block is closed");
                    break;
            }
        }

        Assert.That(types.Count == 0 || types[0] is "message_start" or "error", Is.True, "it begins with its beginning");
        Assert.That(types.Count(static type => type == "message_start"), Is.LessThan(2));
        Assert.That(!isWhole || types is [.., "message_delta", "message_stop"], Is.True, "its end");
    }

    /// <summary>Events of a response, as OpenAI's SDKs read them: each with the next number, up to one that tells the whole, or that it failed.</summary>
    /// <inheritdoc cref="ChatStream"/>
    public static void ResponseStream(string stream, bool isWhole)
    {
        var types = new List<string>();
        foreach (var text in EventsOf(stream).Where(static text => text != ": ping"))
        {
            var lines = text.Split('\n');
            using var data = JsonDocument.Parse(lines[^1]["data: ".Length..], AnyDepth);
            var type = data.RootElement.GetProperty("type"u8).GetString()!;
            Assert.That((lines.Length, lines[0], data.RootElement.GetProperty("sequence_number"u8).GetInt32()), Is.EqualTo((2, $"event: {type}", types.Count)));
            types.Add(type);
        }

        Assert.That(types[0] is "response.created" or "error", Is.True, "it begins with its beginning, unless it never did");
        Assert.That(isWhole ? types is [.., "response.completed" or "response.incomplete"] : types is [.., "error", "response.failed"], Is.True, "its end");
    }

    /// <summary>Whether all strings of <paramref name="json"/> are Unicode text.</summary>
    public static bool IsText(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, AnyDepth);
            ReadStrings(document.RootElement);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void ReadStrings(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var one in element.EnumerateArray())
                {
                    ReadStrings(one);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadStrings(member.Value);
                }

                break;
        }
    }

    private static string[] EventsOf(string stream)
    {
        Assert.That(stream.Length == 0 || stream.EndsWith("\n\n", StringComparison.Ordinal), Is.True, "whole events");
        return stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Text of bytes that must be.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        Assert.That(Utf8.IsValid(bytes), Is.True, "UTF-8");
        return Encoding.UTF8.GetString(bytes);
    }
}
