using Asc.Simulator.Faults;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>The part of a fault that comes before an answer: its delay, and its error status.</summary>
internal sealed class FaultGate(Pacing pacing, ErrorReply errors)
{
    /// <summary>True if the fault was the whole answer.</summary>
    public async Task<bool> AnsweredAsync(Exchange exchange, Fault? fault)
    {
        if (fault is null)
        {
            return false;
        }

        await pacing.WaitAsync(fault.Delay, exchange.Aborted);
        if (fault.Kind != FaultKind.Status)
        {
            return false;
        }

        await errors.SendAsync(exchange, OpenAiError.Injected(fault.Status), fault);
        return true;
    }
}
