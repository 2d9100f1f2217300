namespace Asc.Simulator.Answers;

/// <summary>A part of a prompt that a cache has or has not: the tools, or a message.</summary>
/// <param name="Text">What it is, in whatever form is the same for the same part.</param>
/// <param name="Tokens">How many tokens it is.</param>
internal readonly record struct PromptPart(string Text, int Tokens);
