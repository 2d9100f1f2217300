namespace Asc.DataPlane.Wire.Translation;

/// <summary>More of an answer would have to be kept than may be.</summary>
/// <param name="maximum">How many bytes that are.</param>
internal sealed class AnswerTooLargeException(int maximum) : Exception($"more than {maximum} bytes of the answer would have to be kept")
{
    public int Maximum => maximum;
}
