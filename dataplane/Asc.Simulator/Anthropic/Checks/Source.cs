using System.Text.Json;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Where an image or a document comes from: parts that both have.</summary>
internal static class Source
{
    public static (string, ValueRule) Url { get; } = ("url", new Shape(
        new Field("type", ValueRules.Text, Required: true),
        new Field("url", Https, Required: true)).Check);

    public static (string, ValueRule) File { get; } = ("file", new Shape(
        new Field("type", ValueRules.Text, Required: true),
        new Field("file_id", ValueRules.Text, Required: true)).Check);

    /// <summary>Data in the request itself.</summary>
    public static Shape Inline(string tag, params string[] mediaTypes) => new(
        new Field("type", ValueRules.OneOf(tag), Required: true),
        new Field("media_type", ValueRules.OneOf(mediaTypes), Required: true),
        new Field("data", ValueRules.Text, Required: true));

    private static AnthropicError? Https(string path, JsonElement url) =>
        ValueRules.Text(path, url)
        ?? (Uri.TryCreate(url.GetString(), UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps
            ? null
            : AnthropicError.At(path, "Only HTTPS URLs are supported."));
}
