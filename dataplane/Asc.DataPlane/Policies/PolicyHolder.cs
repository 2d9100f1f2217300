namespace Asc.DataPlane.Policies;

/// <summary>The one reference to the policy in force. Swapped atomically; the first stage of a request reads it once.</summary>
internal sealed class PolicyHolder
{
    private volatile EnforcedPolicy? current;

    /// <summary>Null until the node has a policy: it then refuses all.</summary>
    public EnforcedPolicy? Current => current;

    public void Swap(EnforcedPolicy next) => current = next;
}
