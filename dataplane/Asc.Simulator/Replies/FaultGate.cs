using Asc.Simulator.Faults;

namespace Asc.Simulator.Replies;

/// <summary>The part of a fault that comes before an answer: its delay, and its error status.</summary>
internal sealed class FaultGate(Pacing pacing)
{
    /// <summary>True if the fault was the whole answer.</summary>
    public async Task<bool> AnsweredAsync(Exchange exchange, Fault? fault, bool streams)
    {
        if (fault is null)
        {
            return false;
        }

        await pacing.WaitAsync(fault.Delay, exchange.Aborted);

        // What would fail a stream once it has begun fails anything else at once.
        var isWhole = fault.Kind == FaultKind.Status || (fault.Kind == FaultKind.Error && !streams);
        if (isWhole)
        {
            await ErrorReply.SendAsync(exchange, exchange.Dialect.Injected(fault.Status), fault);
        }

        return isWhole;
    }
}
