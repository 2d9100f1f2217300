using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Images: four media types, and the data must be what it is said to be.</summary>
internal static class ImageBlock
{
    private static readonly Shape Inline = Source.Inline("base64", "image/jpeg", "image/png", "image/gif", "image/webp");
    private static readonly Union Sources = new(("base64", CheckInline), Source.Url, Source.File);

    private static readonly Shape Shape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("source", Sources.Check, Required: true),
        new Field("transformations", new Shape(new Field("oversized_image", ValueRules.OneOf("downsize", "error"))).Check),
        CacheControl.Field);

    public static AnthropicError? Check(string path, JsonElement block) => Shape.Check(path, block);

    private static AnthropicError? CheckInline(string path, JsonElement source)
    {
        if (Inline.Check(path, source) is { } error)
        {
            return error;
        }

        if (MediaBytes.Decode(source.GetProperty("data")) is not { } bytes)
        {
            return AnthropicError.At(path, "invalid base64 data");
        }

        var (said, found) = (source.TextOf("media_type"), MediaBytes.ImageType(bytes));
        return found == said ? null
            : found is null ? AnthropicError.Invalid("Could not process image")
            : AnthropicError.At(path, $"The image was specified using the {said} media type, but the image appears to be a {found} image");
    }
}
