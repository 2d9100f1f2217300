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
}
