using Asc.Contracts.Distribution.V1;

namespace Asc.DataPlane.Policies;

/// <summary>Events 1000-1099: policy on its way into force.</summary>
internal sealed partial class PolicyLog(ILogger<PolicyLog> logger)
{
    [LoggerMessage(1000, LogLevel.Information, "Enforcing policy version {Version} for region {Region}: {Resources} resources, published by {Author}")]
    public partial void Enforced(ulong version, string region, int resources, string author);

    [LoggerMessage(1001, LogLevel.Warning, "Refused policy version {Version}: {Reason}: {Problem}")]
    public partial void Nacked(ulong version, NackReason reason, string problem);

    [LoggerMessage(1002, LogLevel.Information, "Started with the last known good policy, version {Version} for region {Region}")]
    public partial void LoadedLastKnownGood(ulong version, string region);

    [LoggerMessage(1003, LogLevel.Warning, "The last known good policy is refused: {Reason}: {Problem}")]
    public partial void LastKnownGoodRefused(NackReason reason, string problem);

    [LoggerMessage(1004, LogLevel.Warning, "The slot {Path} can't be read: {Problem}")]
    public partial void SlotUnreadable(string path, string problem);

    [LoggerMessage(1005, LogLevel.Warning, "Policy version {Version} is in force but could not be kept for the next start: {Problem}")]
    public partial void NotKept(ulong version, string problem);

    [LoggerMessage(1006, LogLevel.Information, "Subscribed to the control plane at {Address}")]
    public partial void Subscribed(Uri address);

    [LoggerMessage(1007, LogLevel.Warning, "Without the control plane at {Address}, serving what is in force; next try in {Delay}: {Problem}")]
    public partial void Disconnected(Uri address, TimeSpan delay, string problem);

    [LoggerMessage(1008, LogLevel.Warning, "Refused a batch of the access sequence: {Problem}")]
    public partial void AccessRefused(string problem);

    [LoggerMessage(1009, LogLevel.Warning, "The access sequence is in force through {Sequence} but could not be kept for the next start: {Problem}")]
    public partial void AccessNotKept(ulong sequence, string problem);

    [LoggerMessage(1011, LogLevel.Warning, "What narrows {Count} keys could not be fetched, so that they can't be used yet; it is tried again: {Problem}")]
    public partial void GrantsLacking(int count, string problem);

    [LoggerMessage(1010, LogLevel.Warning, "Keys, suspensions and switches, which stood at {Sequence} of epoch {Before}, are replaced by those of epoch {Epoch}: the control plane's database was restored")]
    public partial void AccessReplaced(ulong before, ulong sequence, ulong epoch);
}
