using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;

namespace Asc.Contracts.Policy;

/// <summary>What requests use, as policy knows it.</summary>
public static class CapabilityMapping
{
    /// <summary>Every one of them.</summary>
    public static Capabilities All(IEnumerable<Capability> capabilities) => capabilities.Aggregate(Capabilities.None, (all, capability) => all | capability switch
    {
        Capability.Tools => Capabilities.Tools,
        Capability.Vision => Capabilities.Vision,
        Capability.JsonSchema => Capabilities.JsonSchema,
        Capability.Streaming => Capabilities.Streaming,
        _ => Capabilities.None,
    });
}
