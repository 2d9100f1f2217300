using System.Text.Json;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>Reads what a whole message tells beside its content.</summary>
internal static class MessagesAnswerReader
{
    /// <exception cref="JsonException">The answer is not a JSON object.</exception>
    public static WholeAnswer Read(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        var (usage, isError, isAnswer) = (default(MessagesUsage), false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isUsage, isType) = (reader.ValueTextEquals("usage"u8), reader.ValueTextEquals("type"u8));
            // The second is of a count.
            isAnswer |= reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("input_tokens"u8);
            reader.Read();
            isError |= isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8);
            if (isUsage)
            {
                usage = MessagesUsage.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new(
            usage is { Output: { } output } && usage.Prompt.After(null) is { } prompt ? prompt with { Output = output, Reasoning = Math.Min(usage.Reasoning, output) } : null, isError || !isAnswer, usage.Region);
    }
}
