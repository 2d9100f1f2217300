using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Blocks of text; they are never blank.</summary>
internal static class TextBlock
{
    private static readonly Shape Shape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("text", NotBlank, Required: true),
        new Field("citations", ValueRules.ListOf(ValueRules.Object)),
        CacheControl.Field);

    /// <summary>A list of nothing but text.</summary>
    public static ValueRule List { get; } = ValueRules.ListOf(new Union(("text", Check)).Check);

    public static AnthropicError? Check(string path, JsonElement block) => Shape.Check(path, block);

    // Of this the API only says whether it was in the system prompt or in a message.
    private static AnthropicError? NotBlank(string path, JsonElement text)
    {
        var place = path.Split('.', 2)[0];
        return ValueRules.Text(path, text)
            ?? (text.GetString()!.Length == 0 ? AnthropicError.At(place, "text content blocks must be non-empty")
            : string.IsNullOrWhiteSpace(text.GetString()) ? AnthropicError.At(place, "text content blocks must contain non-whitespace text")
            : null);
    }
}
