namespace Asc.Simulator.OpenAi.Answers;

/// <summary>A call of a tool; the input is a JSON text for functions and free text for custom tools.</summary>
internal sealed record ToolCall(string Id, bool IsCustom, string Name, IReadOnlyList<string> Input)
{
    public const string Function = "function";
    public const string Custom = "custom";

    /// <summary>The name counts as one token.</summary>
    public int Tokens => 1 + Input.Count;

    public string Type => IsCustom ? Custom : Function;

    public string InputField => IsCustom ? "input" : "arguments";
}
