using System.Text.Json;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The OpenAI usage object in ASC's algebra: <c>prompt_tokens</c> includes what was read from and written to the cache,
/// <c>completion_tokens</c> includes reasoning.
/// </summary>
internal static class ChatUsageReader
{
    /// <summary>The usage of a whole JSON answer; null where it has none.</summary>
    /// <exception cref="JsonException">The answer is not a JSON object.</exception>
    public static TokenUsage? ReadAnswer(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        TokenUsage? usage = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("usage"u8);
            reader.Read();
            if (isUsage && reader.TokenType == JsonTokenType.StartObject)
            {
                usage = Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return usage;
    }

    /// <summary>Reads the usage object that <paramref name="reader"/> stands on the start of.</summary>
    public static TokenUsage Read(ref Utf8JsonReader reader)
    {
        long prompt = 0, completion = 0, cached = 0, written = 0, reasoning = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                prompt = Count(ref reader);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                completion = Count(ref reader);
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                Details(ref reader, "cached_tokens"u8, ref cached, "cache_write_tokens"u8, ref written);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
            {
                Details(ref reader, "reasoning_tokens"u8, ref reasoning, default, ref written);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new(Math.Max(0, prompt - cached - written), cached, written, completion, reasoning, Estimated: false);
    }

    private static void Details(ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ref long firstCount, ReadOnlySpan<byte> second, ref long secondCount)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(first))
            {
                firstCount = Count(ref reader);
            }
            else if (!second.IsEmpty && reader.ValueTextEquals(second))
            {
                secondCount = Count(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    // A negative or absurd count from a provider must not reach the books.
    private static long Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
        {
            return Math.Max(0, count);
        }

        reader.Skip();
        return 0;
    }
}
