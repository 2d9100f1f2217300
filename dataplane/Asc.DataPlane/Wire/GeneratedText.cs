using System.Text.Json;

namespace Asc.DataPlane.Wire;

/// <summary>What a model wrote of a whole answer, in whichever protocol: what stands in it beside that (names, signatures, what was asked, vectors) costs nothing.</summary>
internal static class GeneratedText
{
    /// <summary>How many tokens that is, estimated.</summary>
    public static long TokensIn(ReadOnlySpan<byte> answer)
    {
        var sample = new TextSample();
        var reader = new Utf8JsonReader(answer);
        try
        {
            AddAnswer(ref reader, ref sample);
            return sample.Tokens;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was read up to there is the best that there is.
            return sample.Tokens;
        }
        finally
        {
            sample.Dispose();
        }
    }

    private static void AddAnswer(ref Utf8JsonReader reader, scoped ref TextSample sample)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Chat and completions, messages, responses.
            var isAnswer = reader.ValueTextEquals("choices"u8) || reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("output"u8);
            reader.Read();
            if (isAnswer)
            {
                AddGenerated(ref reader, ref sample);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // By their names, however deep.
    private static void AddGenerated(ref Utf8JsonReader reader, scoped ref TextSample sample)
    {
        var depth = reader.CurrentDepth;
        var reasoning = default(OpenAi.ReasoningName);
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = reader.ValueSpan;
            var isArguments = reader.ValueTextEquals("input"u8) || reader.ValueTextEquals("arguments"u8);
            var isText = isArguments || IsText(ref reader);
            var isLogged = reader.ValueTextEquals("logprobs"u8);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String && (!OpenAi.ReasoningName.Is(name) || reasoning.Hears(name, reader.ValueSpan)))
            {
                sample.Add(ref reader);
            }
            else if (isArguments)
            {
                AddAll(ref reader, ref sample);
            }
            else if (isLogged)
            {
                reader.Skip();
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader name) =>
        name.ValueTextEquals("content"u8) || name.ValueTextEquals("text"u8) || name.ValueTextEquals("refusal"u8) || name.ValueTextEquals("name"u8)
        || name.ValueTextEquals("reasoning_content"u8) || name.ValueTextEquals("reasoning"u8) || name.ValueTextEquals("thinking"u8);

    // Of arguments as JSON the model wrote the names as well.
    private static void AddAll(ref Utf8JsonReader reader, scoped ref TextSample sample)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                sample.Add(ref reader);
            }
        }
    }
}
