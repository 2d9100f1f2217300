using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire;

/// <summary>What a whole answer tells beside its content.</summary>
/// <param name="Usage">Null where it has none that can be true.</param>
/// <param name="IsError">Whether it is an error after all, whatever its status.</param>
/// <param name="Region">Where it says that it was processed; null: it doesn't say.</param>
internal readonly record struct WholeAnswer(TokenUsage? Usage, bool IsError, string? Region = null);
