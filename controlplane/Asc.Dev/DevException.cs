namespace Asc.Dev;

/// <summary>Why Asc.Dev does not start: one line for whoever started it.</summary>
internal sealed class DevException(string message) : Exception(message);
