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
        Capability.Chat => Capabilities.Chat,
        Capability.Embeddings => Capabilities.Embeddings,
        Capability.Fim => Capabilities.Fim,
        _ => Capabilities.None,
    });

    /// <summary>Every one of them.</summary>
    public static RequestFeatures All(IEnumerable<Parameter> parameters) => parameters.Aggregate(RequestFeatures.None, (all, parameter) => all | parameter switch
    {
        Parameter.Temperature => RequestFeatures.Temperature,
        Parameter.TopP => RequestFeatures.TopP,
        Parameter.TopK => RequestFeatures.TopK,
        Parameter.Stop => RequestFeatures.StopSequences,
        Parameter.ForcedTools => RequestFeatures.ForcedTools,
        Parameter.TopPWithTemperature => RequestFeatures.TopPWithTemperature,
        Parameter.Prefill => RequestFeatures.Prefill,
        Parameter.SamplingWithReasoning => RequestFeatures.SamplingWithReasoning,
        _ => RequestFeatures.None,
    });

    /// <summary>Every one of them.</summary>
    public static ReasoningEffort All(IEnumerable<Effort> efforts) => efforts.Aggregate(ReasoningEffort.Unsaid, (all, effort) => all | effort switch
    {
        Effort.None => ReasoningEffort.None,
        Effort.Minimal => ReasoningEffort.Minimal,
        Effort.Low => ReasoningEffort.Low,
        Effort.Medium => ReasoningEffort.Medium,
        Effort.High => ReasoningEffort.High,
        Effort.Xhigh => ReasoningEffort.XHigh,
        Effort.Max => ReasoningEffort.Max,
        _ => ReasoningEffort.Unsaid,
    });
}
