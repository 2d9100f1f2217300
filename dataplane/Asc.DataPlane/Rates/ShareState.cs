namespace Asc.DataPlane.Rates;

/// <summary>What the control plane has assigned of one counter's limit; the share's keeper alone writes it.</summary>
internal sealed class ShareState
{
    /// <summary>Units, beside the implied part; null: the implied part it is.</summary>
    public long? Units { get; set; }

    /// <summary>Of this limit.</summary>
    public long Of { get; set; }

    /// <summary>
    /// What is left of them where the limit is another by now: what is lowered is lowered for all alike, what is raised is divided anew. Nothing where
    /// that is too little to be used: somebody else may have been given all of the lower limit.
    /// </summary>
    public long UnitsOf(long limit, long smallest)
    {
        if (limit >= Of)
        {
            return Math.Min(Units!.Value, limit);
        }

        var left = (long)((UInt128)Units!.Value * (UInt128)limit / (UInt128)Of);
        return left < smallest ? 0 : left;
    }

    /// <summary>Until when they may be used.</summary>
    public long Until { get; set; }

    /// <summary>Whether more of it has been asked back from others.</summary>
    public bool MoreMayCome { get; set; }

    /// <summary>When the control plane last said what there is.</summary>
    public long ToldAt { get; set; } = long.MinValue;

    /// <summary>When an account last told of it.</summary>
    public long ReportedAt { get; set; } = long.MinValue;

    /// <summary>What this node would use per minute, or at once.</summary>
    public long Wanted { get; set; }

    /// <summary>Whether a request was refused since demand was last measured, and all was wanted for it.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>When a request last met less than it needed.</summary>
    public long LackedAt { get; set; } = long.MinValue / 2;

    /// <summary>Demand, smoothed.</summary>
    public double Recent { get; set; }
}
