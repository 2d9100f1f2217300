namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// What a model thinks is <c>reasoning_content</c> or <c>reasoning</c> at servers that resemble OpenAI, and some say it by both names: the one that came first is
/// heard, the other is a copy.
/// </summary>
internal struct ReasoningName
{
    private Name heard;

    private enum Name
    {
        None,
        Short,
        Long,
    }

    public static bool Is(ReadOnlySpan<byte> name) => NameOf(name) != Name.None;

    /// <summary>Whether a text by this name is heard.</summary>
    /// <param name="name">One of the two.</param>
    /// <param name="text">As it is written; an empty one decides nothing.</param>
    public bool Hears(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        heard = heard == Name.None ? NameOf(name) : heard;
        return heard == NameOf(name);
    }

    private static Name NameOf(ReadOnlySpan<byte> name) => name.SequenceEqual("reasoning_content"u8) ? Name.Long : name.SequenceEqual("reasoning"u8) ? Name.Short : Name.None;
}
