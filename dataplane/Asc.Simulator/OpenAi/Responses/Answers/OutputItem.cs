namespace Asc.Simulator.OpenAi.Responses.Answers;

/// <summary>An item of a response, in token-sized pieces.</summary>
/// <param name="Id">The item's.</param>
/// <param name="Pieces">What is streamed of it.</param>
/// <param name="IsWhole">Whether the answer got to its end.</param>
internal abstract record OutputItem(string Id, IReadOnlyList<string> Pieces, bool IsWhole);

/// <summary>Words, or why there are none.</summary>
internal sealed record MessageItem(string Id, IReadOnlyList<string> Pieces, bool IsWhole, bool IsRefusal) : OutputItem(Id, Pieces, IsWhole);

/// <summary>A call of a tool; the pieces are its arguments, or a custom tool's input.</summary>
internal sealed record CallItem(string Id, IReadOnlyList<string> Pieces, bool IsWhole, bool IsCustom, string CallId, string Name) : OutputItem(Id, Pieces, IsWhole);

/// <summary>Reasoning; the pieces are its summary, and there are none unless one was asked for.</summary>
/// <param name="Id">The item's.</param>
/// <param name="Pieces">The summary.</param>
/// <param name="Tokens">How long it was, however much of it is seen.</param>
/// <param name="EncryptedContent">Null: not asked for.</param>
internal sealed record ReasoningItem(string Id, IReadOnlyList<string> Pieces, int Tokens, string? EncryptedContent) : OutputItem(Id, Pieces, true);
