namespace Asc.ControlPlane.Replay;

/// <summary>What becomes of a recorded request under another policy.</summary>
internal enum ReplayKind
{
    Unchanged,

    /// <summary>It was permitted.</summary>
    NewlyDenied,

    /// <summary>It was denied.</summary>
    NewlyPermitted,

    /// <summary>A limit had no room for it that is raised, gone or only observed: whether there would be room isn't known.</summary>
    MayPass,

    /// <summary>It goes to another deployment first.</summary>
    Rerouted,

    /// <summary>It was denied too, with another code.</summary>
    DeniedOtherwise,

    /// <summary>No policy judged it: no verified key, or not a request.</summary>
    NotJudged,
}
