using System.Text.Json;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// An Anthropic usage object. <c>input_tokens</c> is what neither came from the cache nor went to it; <c>output_tokens</c> includes thinking.
/// A stream tells of it twice: of the prompt at its start, and of the answer, as a running total, at its end.
/// </summary>
internal struct MessagesUsage
{
    private const long CountMaximum = 1_000_000_000;
    private const int RegionMaximum = 64;

    public long? Input { get; private set; }

    public long? CachedRead { get; private set; }

    public long? CacheWrite { get; private set; }

    /// <summary>Of it, what is kept for an hour.</summary>
    public long? LongCacheWrite { get; private set; }

    /// <summary>The prompt's part.</summary>
    public readonly PromptUsage Prompt => new(Input, CachedRead, CacheWrite, LongCacheWrite);

    public long? Output { get; private set; }

    public long Reasoning { get; private set; }

    /// <summary>Where it was processed (<c>inference_geo</c>), where it says so.</summary>
    public string? Region { get; private set; }

    /// <summary>Reads the object that <paramref name="reader"/> stands on the start of. A count that can't be true is none.</summary>
    public static MessagesUsage Read(ref Utf8JsonReader reader)
    {
        var usage = default(MessagesUsage);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return usage;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            usage.ReadProperty(ref reader);
        }

        return usage;
    }

    private void ReadProperty(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("input_tokens"u8))
        {
            Input = Count(ref reader);
        }
        else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
        {
            CachedRead = Count(ref reader);
        }
        else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
        {
            CacheWrite = Count(ref reader);
        }
        else if (reader.ValueTextEquals("cache_creation"u8))
        {
            reader.Read();
            LongCacheWrite = Part(ref reader, "ephemeral_1h_input_tokens"u8);
        }
        else if (reader.ValueTextEquals("output_tokens"u8))
        {
            Output = Count(ref reader);
        }
        else if (reader.ValueTextEquals("output_tokens_details"u8))
        {
            reader.Read();
            Reasoning = Part(ref reader, "thinking_tokens"u8) ?? 0;
        }
        else
        {
            var isRegion = reader.ValueTextEquals("inference_geo"u8);
            reader.Read();
            // Of models that know no regions it says that it doesn't say.
            Region = isRegion && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= RegionMaximum && !reader.ValueTextEquals("not_available"u8) ? reader.GetString() : Region;
            reader.Skip();
        }
    }

    // One count of an object of them.
    private static long? Part(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? part = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            part = Count(ref reader) is { } count && isIt ? count : part;
        }

        return part;
    }

    // What is no count must not reach the books.
    private static long? Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count is >= 0 and <= CountMaximum)
        {
            return count;
        }

        reader.Skip();
        return null;
    }
}
