using System.Text.Json;
using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// The OpenAI usage object in ASC's algebra: <c>prompt_tokens</c> includes what was read from and written to the cache,
/// <c>completion_tokens</c> includes reasoning. Responses say the same with <c>input_</c> and <c>output_</c>.
/// </summary>
internal static class ChatUsageReader
{
    private const long Unknown = -1;
    private const long CountMaximum = 1_000_000_000;

    /// <summary>What a whole JSON answer tells beside its content.</summary>
    /// <exception cref="JsonException">The answer is not a JSON object.</exception>
    public static WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer)
    {
        var (isError, isAnswer) = (false, false);
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        TokenUsage? usage = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                isAnswer = true;
                isError |= ChatErrors.IsInChoices(ref reader);
                continue;
            }

            // Of a response, and of embeddings.
            isAnswer |= reader.ValueTextEquals("output"u8) || reader.ValueTextEquals("data"u8);
            var isUsage = reader.ValueTextEquals("usage"u8);
            isError |= ChatErrors.IsError(ref reader);
            if (isUsage && reader.TokenType == JsonTokenType.StartObject)
            {
                usage = Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Whatever else it says: some complain in words of their own.
        return new(usage, isError || !isAnswer);
    }

    /// <summary>
    /// Reads the usage object that <paramref name="reader"/> stands on the start of; null where it can't be true: without a prompt, without both counts where there is more than a prompt, negative,
    /// beyond any context window, or with parts larger than the whole.
    /// </summary>
    public static TokenUsage? Read(ref Utf8JsonReader reader)
    {
        long prompt = Unknown, completion = Unknown, total = Unknown, cachedBeside = 0;
        var (read, generated) = (default(Details), default(Details));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
            {
                prompt = Count(ref reader, ofNull: Unknown);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
            {
                completion = Count(ref reader, ofNull: Unknown);
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                total = Count(ref reader);
            }
            else if (reader.ValueTextEquals("num_cached_tokens"u8))
            {
                // Mistral's, with or without the details.
                cachedBeside = Count(ref reader);
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8) || reader.ValueTextEquals("input_tokens_details"u8))
            {
                read = Details.Read(ref reader);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8) || reader.ValueTextEquals("output_tokens_details"u8))
            {
                generated = Details.Read(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // Of embeddings nothing is generated, and nothing said of it.
        completion = completion == Unknown && total == prompt ? 0 : completion;
        // Some count beside what is seen what was thought, and in the total only.
        completion += generated.Reasoning > 0 && completion >= 0 && total == prompt + completion + generated.Reasoning ? generated.Reasoning : 0;
        var (cached, written, reasoning) = (read.Cached == 0 ? cachedBeside : read.Cached, read.CacheWrite, generated.Reasoning);
        return prompt > 0 && completion >= 0 && cached >= 0 && written >= 0 && cached + written <= prompt && reasoning >= 0 && reasoning <= completion
            ? new(prompt - cached - written, cached, written, completion, reasoning, Estimated: false)
            {
                LongCacheWrite = Math.Clamp(read.LongCacheWrite, 0, written),
                AudioInput = Math.Clamp(read.Audio, 0, prompt),
                ImageInput = Math.Clamp(read.Image, 0, prompt),
                AudioOutput = Math.Clamp(generated.Audio, 0, completion),
            }
            : null;
    }

    // Of what was read, or of what was generated.
    private struct Details
    {
        public long Cached { get; private set; }

        public long CacheWrite { get; private set; }

        public long LongCacheWrite { get; private set; }

        public long Audio { get; private set; }

        public long Image { get; private set; }

        public long Reasoning { get; private set; }

        public static Details Read(ref Utf8JsonReader reader)
        {
            var details = default(Details);
            reader.Read();
            details.Take(ref reader);
            return details;
        }

        private void Take(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                TakeProperty(ref reader);
            }
        }

        private void TakeProperty(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("cached_tokens"u8))
            {
                Cached = Count(ref reader);
            }
            else if (reader.ValueTextEquals("cache_write_tokens"u8))
            {
                CacheWrite = Count(ref reader);
            }
            else if (reader.ValueTextEquals("reasoning_tokens"u8))
            {
                Reasoning = Count(ref reader);
            }
            else if (reader.ValueTextEquals("audio_tokens"u8))
            {
                Audio = Count(ref reader);
            }
            else if (reader.ValueTextEquals("image_tokens"u8))
            {
                Image = Count(ref reader);
            }
            else if (reader.ValueTextEquals("ttl_12h_tokens"u8))
            {
                LongCacheWrite = Count(ref reader);
            }
            else
            {
                // Within it the lifetimes are told.
                var isLifetimes = reader.ValueTextEquals("cache_write_tokens_details"u8);
                reader.Read();
                if (isLifetimes)
                {
                    Take(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    // What is no count must not reach the books.
    private static long Count(ref Utf8JsonReader reader, long ofNull = 0)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return ofNull;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count is >= 0 and <= CountMaximum)
        {
            return count;
        }

        reader.Skip();
        return Unknown;
    }
}
