namespace Asc.Simulator.Mistral.Answers;

/// <summary>A call of a tool, which is always sent whole.</summary>
/// <param name="Id">Nine letters and digits.</param>
/// <param name="Name">The tool's.</param>
/// <param name="Arguments">JSON, unless the answer was cut short in it.</param>
internal sealed record ToolCall(string Id, string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>The name counts as one token.</summary>
    public int Tokens => 1 + Arguments.Count;
}
