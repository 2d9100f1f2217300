using System.Text.Json;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>In what the chat completions of one protocol differ from another's.</summary>
internal interface IChatFields
{
    static abstract Operation Operation { get; }

    /// <summary>Whether <c>max_completion_tokens</c> and <c>stream_options</c> are among its fields.</summary>
    static abstract bool KnowsNewerNames { get; }

    /// <summary>Whether <c>functions</c> is among them, which <c>tools</c> was called once.</summary>
    static abstract bool KnowsOlderNames { get; }

    /// <summary>Null where the top-level field <paramref name="name"/> may pass with the value that <paramref name="value"/> stands on.</summary>
    static abstract string? Problem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value);

    /// <summary>The same of a member of a part of a message, other than an image or a file of OpenAI's.</summary>
    static abstract string? PartProblem(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value);

    /// <summary>Null where a tool of this type runs at the client.</summary>
    static abstract string? ToolProblem(ref Utf8JsonReader type);

    /// <summary>What a top-level field asks for that nothing else is read of.</summary>
    /// <param name="value">Stands on the field's value, and is not moved.</param>
    static abstract RequestFeatures Of(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader value);

    /// <summary>The same of a part of a message.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    static abstract RequestFeatures OfPart(scoped ref Utf8JsonReader type);

    /// <summary>The same of a tool, or of a call of one.</summary>
    /// <param name="type">Stands on its <c>type</c>.</param>
    static abstract RequestFeatures OfTool(scoped ref Utf8JsonReader type);
}
