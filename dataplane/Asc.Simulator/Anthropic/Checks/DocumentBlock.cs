using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>Documents: PDF, plain text, or blocks of text and images.</summary>
internal static class DocumentBlock
{
    private static readonly Shape Pdf = Source.Inline("base64", "application/pdf");
    private static readonly Shape PlainText = Source.Inline("text", "text/plain");
    private static readonly ValueRule Parts = ValueRules.ListOf(new Union(("text", TextBlock.Check), ("image", ImageBlock.Check)).Check);

    private static readonly Shape Blocks = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("content", TextOrParts, Required: true));

    private static readonly Union Sources = new(("base64", CheckPdf), ("text", CheckText), ("content", Blocks.Check), Source.Url, Source.File);

    private static readonly Shape Shape = new(
        new Field("type", ValueRules.Text, Required: true),
        new Field("source", Sources.Check, Required: true),
        new Field("title", ValueRules.Text),
        new Field("context", ValueRules.Text),
        Citations,
        CacheControl.Field);

    /// <summary>Whether the answer is to cite the document.</summary>
    public static Field Citations => new("citations", new Shape(new Field("enabled", ValueRules.Flag)).Check);

    public static AnthropicError? Check(string path, JsonElement block) => Shape.Check(path, block);

    private static AnthropicError? CheckPdf(string path, JsonElement source) =>
        Pdf.Check(path, source)
        ?? (MediaBytes.Decode(source.GetProperty("data")) is not { } bytes ? AnthropicError.At(path, "invalid base64 data")
        : MediaBytes.IsPdf(bytes) ? null
        : AnthropicError.At($"{path}.data", "The PDF specified was not valid."));

    private static AnthropicError? CheckText(string path, JsonElement source) =>
        PlainText.Check(path, source)
        ?? (source.TextOf("data")!.Length == 0 ? AnthropicError.At($"{path}.data", "String should have at least 1 character") : null);

    private static AnthropicError? TextOrParts(string path, JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? null : Parts(path, content);
}
