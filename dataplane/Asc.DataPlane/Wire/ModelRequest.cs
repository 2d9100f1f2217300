using Asc.Policy.Evaluation;

namespace Asc.DataPlane.Wire;

/// <summary>Where in a request's body the parts are that ASC reads or touches, whatever its protocol; all else is forwarded as it came.</summary>
/// <param name="Model">The value of <c>model</c>, quotes included.</param>
/// <param name="Stream">Whether server-sent events are asked for.</param>
/// <param name="StreamOptions">The value of <c>stream_options</c> (OpenAI); empty where absent.</param>
/// <param name="IncludeUsage">The value of <c>stream_options.include_usage</c>; empty where absent.</param>
/// <param name="AsksForUsage">Whether that value is <c>true</c>.</param>
/// <param name="Metadata">The value of <c>metadata</c>, where it can hold tags; empty where absent.</param>
/// <param name="End">The position of the body's closing brace.</param>
/// <param name="Shape">What it uses, how long its prompt is, and how long its answer may be.</param>
/// <param name="Opening">What the conversation began with: from the start of <c>messages</c> to the end of the user's first; empty where there is none.</param>
/// <param name="MaxOutput">How much is to be generated at most.</param>
/// <param name="Attachments">Images and files, which are not text.</param>
internal readonly record struct ModelRequest(
    JsonSlice Model, bool Stream, JsonSlice StreamOptions, JsonSlice IncludeUsage, bool AsksForUsage, JsonSlice Metadata, int End, RequestShape Shape, JsonSlice Opening, MaxOutput MaxOutput, Attachments Attachments)
{
    /// <summary>The value of <c>store</c> (Responses), which stands for yes where it is absent or null; empty where absent.</summary>
    public JsonSlice Store { get; init; }

    /// <summary>Whether it says itself that nothing is to be kept (<c>"store": false</c>).</summary>
    public bool AsksToKeepNothing { get; init; }

    /// <summary>The value of <c>include</c> (Responses), an array or null; empty where absent.</summary>
    public JsonSlice Include { get; init; }

    /// <summary>Whether the input holds reasoning that is not sealed, so that only who keeps it could find it (Responses).</summary>
    public bool HasBareReasoning { get; init; }

    /// <summary>The value of <c>inference_geo</c> (Anthropic), which can only be null; empty where absent.</summary>
    public JsonSlice InferenceGeo { get; init; }

    /// <summary>What ASC doesn't know of it, and where it asks for what not every provider has.</summary>
    public BodyNotes Notes { get; init; }

    /// <summary>Whether messages hold what Claude thought, with its signature (chat completions).</summary>
    public bool HasSignedReasoning { get; init; }

    /// <summary>Whether vectors are asked for as base64.</summary>
    public bool AsksForBase64 { get; init; }
}
