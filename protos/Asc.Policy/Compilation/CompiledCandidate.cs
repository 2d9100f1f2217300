using System.Text;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Compilation;

/// <summary>One deployment that could serve a name.</summary>
public sealed class CompiledCandidate
{
    private readonly RequestFeatures untranslatable;

    internal CompiledCandidate(
        CompiledName model, CompiledProvider provider, string upstreamModel, string region, ulong regionBit, ReportedRegions reportedRegions, IReadOnlyList<string> attestations, ulong attestationBits)
    {
        Model = model;
        Provider = provider;
        UpstreamModel = upstreamModel;
        UpstreamModelJson = Encoding.UTF8.GetBytes($"\"{System.Text.Json.JsonEncodedText.Encode(upstreamModel)}\"");
        Region = region;
        RegionBit = regionBit;
        ReportedRegions = reportedRegions;
        Attestations = attestations;
        AttestationBits = attestationBits;
        untranslatable = provider.LosesInTranslation | (model.Traits is { } traits ? traits.Unsupported | (traits.Efforts == ReasoningEffort.Unsaid ? RequestFeatures.Reasoning : 0) : 0);
        Hash = StableHash.Of($"{provider.Name}/{upstreamModel}/{region}");
    }

    /// <summary>The model it is a deployment of; for a route's candidate, the target.</summary>
    public CompiledName Model { get; }

    /// <summary>Who runs it.</summary>
    public CompiledProvider Provider { get; }

    /// <summary>What the provider calls the model.</summary>
    public string UpstreamModel { get; }

    /// <summary>The same as a JSON string literal in UTF-8, to be put into a body.</summary>
    public ReadOnlyMemory<byte> UpstreamModelJson { get; }

    /// <summary>Where it processes prompts.</summary>
    public string Region { get; }

    /// <summary>What its provider may call the place where it processed.</summary>
    public ReportedRegions ReportedRegions { get; }

    /// <summary>What is attested of it.</summary>
    public IReadOnlyList<string> Attestations { get; }

    /// <summary>What of <paramref name="shape"/> would be lost on the way to it; nothing where its provider speaks the request's own protocol.</summary>
    public RequestFeatures Loses(in RequestShape shape) => Provider.Translates(shape.Operation) ? shape.Features & untranslatable : RequestFeatures.None;

    internal ulong RegionBit { get; }

    internal ulong AttestationBits { get; }

    internal ulong Hash { get; }
}
