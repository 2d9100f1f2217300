namespace Asc.DataPlane.Rates;

/// <summary>Where a node's shares come from. A seam: tests of counting need no control plane.</summary>
internal interface IShareSource
{
    /// <summary>Brings the counter's share up to date.</summary>
    void Refresh(LimitCounter counter, long now);

    /// <summary>
    /// What a request can wait for that was refused by less than the whole limit: the answer to an ask that is under way. Null: what there is, is here.
    /// </summary>
    Task? MoreOf(LimitCounter counter, long now);
}

/// <summary>Every limit is this node's alone.</summary>
internal sealed class WholeShares : IShareSource
{
    public void Refresh(LimitCounter counter, long now) => counter.SetShare(counter.Limit, Ticks.Never, isFull: true, now);

    public Task? MoreOf(LimitCounter counter, long now) => null;
}
