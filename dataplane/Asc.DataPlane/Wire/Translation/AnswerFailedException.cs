namespace Asc.DataPlane.Wire.Translation;

/// <summary>A whole answer says that it failed.</summary>
internal sealed class AnswerFailedException() : Exception("The answer failed.");
