using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>Who speaks.</summary>
internal enum Role
{
    User,
    Assistant,

    /// <summary>Instructions in the middle of a conversation.</summary>
    System,
}

/// <summary>What one side says before the other does. What tools answered is the user's.</summary>
internal sealed record Turn(Role Role, List<Part> Parts)
{
    /// <summary>Which of the request's messages or items is the last of it.</summary>
    public int Place { get; set; }

    /// <summary>Of the assistant's, texts and calls are what every protocol has.</summary>
    /// <param name="list">The field that it stands in.</param>
    /// <exception cref="UntranslatableException">There are images or documents among it.</exception>
    public void ExpectWords(string list)
    {
        if (Parts.Exists(static part => part is ImagePart or FilePart))
        {
            throw new UntranslatableException(ErrorCode.UnsupportedFeature, $"An image or a document among what the assistant said (\"{list}\") has no place at models of other providers than Anthropic: send it as the user's.", list);
        }
    }
}
