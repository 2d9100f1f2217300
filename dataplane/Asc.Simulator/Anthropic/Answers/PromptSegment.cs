using System.Text.Json;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>A part of a prompt that the cache counts as one: a tool, or a block of the system prompt or of a message.</summary>
/// <param name="Role">Whose it is.</param>
/// <param name="Block">The block, or the string in its place.</param>
/// <param name="Tokens">How many tokens it is.</param>
/// <param name="Life">How long the prompt up to here is to be cached; null: not for its sake.</param>
internal readonly record struct PromptSegment(string Role, JsonElement Block, int Tokens, TimeSpan? Life);
