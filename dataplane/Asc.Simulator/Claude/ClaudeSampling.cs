namespace Asc.Simulator.Claude;

/// <summary>Which sampling parameters a Claude model takes; under API version 2026-10-21 none does.</summary>
public enum ClaudeSampling
{
    /// <summary>None but the defaults (Claude 4.7 and later).</summary>
    None,

    /// <summary><c>temperature</c> or <c>top_p</c>, not both, and <c>top_k</c>.</summary>
    One,

    /// <summary>All of them together.</summary>
    Any,
}
