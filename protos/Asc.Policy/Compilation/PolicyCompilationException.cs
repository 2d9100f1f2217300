namespace Asc.Policy.Compilation;

/// <summary>A document that no request may be judged by; the message names what is wrong.</summary>
public sealed class PolicyCompilationException(string message) : Exception(message);
