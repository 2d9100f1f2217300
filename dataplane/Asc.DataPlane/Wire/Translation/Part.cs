using System.Text.Json;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>A piece of what is said.</summary>
internal abstract record Part
{
    /// <summary>Whether the prompt is to be cached as far as this.</summary>
    public bool EndsCache { get; init; }
}

/// <param name="Text">A string; not empty.</param>
internal sealed record TextPart(JsonElement Text) : Part;

/// <param name="MediaType">As <c>image/png</c>.</param>
/// <param name="Data">Base64.</param>
internal sealed record ImagePart(string MediaType, Base64Text Data) : Part
{
    /// <summary>How closely it is looked at; undefined where that isn't said.</summary>
    public JsonElement Detail { get; init; }
}

/// <param name="MediaType">As <c>application/pdf</c>.</param>
/// <param name="Data">Base64.</param>
/// <param name="Name">A string; undefined where it has none.</param>
internal sealed record FilePart(string MediaType, Base64Text Data, JsonElement Name) : Part;

/// <summary>The model calls a tool.</summary>
/// <param name="Id">A string.</param>
/// <param name="Name">A string.</param>
/// <param name="Arguments">JSON of an object.</param>
/// <param name="Place">Which of the request's messages or items it stands in.</param>
internal sealed record ToolCallPart(JsonElement Id, JsonElement Name, ReadOnlyMemory<byte> Arguments, int Place) : Part;

/// <summary>What a tool answered.</summary>
/// <param name="CallId">A string: the call's.</param>
/// <param name="Content">Text and images.</param>
/// <param name="Place">Which of the request's messages or items it stands in.</param>
internal sealed record ToolResultPart(JsonElement CallId, List<Part> Content, bool IsError, int Place) : Part;

/// <summary>What the model thought.</summary>
/// <param name="Text">A string.</param>
/// <param name="Signature">A string by which the provider knows it again; undefined where it has none.</param>
internal sealed record ReasoningPart(JsonElement Text, JsonElement Signature) : Part;

/// <summary>The same, readable to the provider alone.</summary>
/// <param name="Data">A string.</param>
internal sealed record RedactedReasoningPart(JsonElement Data) : Part;
