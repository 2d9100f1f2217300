namespace Asc.Simulator;

/// <summary>A credential that the simulated provider accepts.</summary>
/// <param name="Region">The path segment it is valid in, e.g. <c>eu</c>.</param>
/// <param name="Protocol">The protocol it is valid for, e.g. <c>openai</c>.</param>
/// <param name="Key">The secret as clients send it.</param>
public sealed record AcceptedKey(string Region, string Protocol, string Key);
