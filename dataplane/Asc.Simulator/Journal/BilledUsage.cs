using System.Text.Json;

namespace Asc.Simulator.Journal;

/// <summary>Tokens that the simulated provider bills for one request; each protocol words them in its own way.</summary>
/// <param name="InputTokens">Prompt tokens.</param>
/// <param name="OutputTokens">Tokens produced; of a broken answer, those sent before it broke.</param>
public abstract record BilledUsage(int InputTokens, int OutputTokens)
{
    /// <summary>Writes the protocol's usage object.</summary>
    internal abstract void Write(Utf8JsonWriter json);
}
