namespace Asc.DataPlane.Wire.Translation;

/// <summary>Why an answer ended.</summary>
internal enum FinishReason
{
    /// <summary>The model had said all.</summary>
    Stop,

    /// <summary>It said one of the strings that end it.</summary>
    StopSequence,

    /// <summary>It was as long as it could be.</summary>
    Length,

    /// <summary>It waits for what tools answer.</summary>
    ToolCalls,

    /// <summary>The model or a filter declined.</summary>
    Refusal,
}
