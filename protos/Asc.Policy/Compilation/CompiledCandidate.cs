using System.Text;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Compilation;

/// <summary>One deployment that could serve a name.</summary>
public sealed class CompiledCandidate
{
    private const RequestFeatures BesideThinking = RequestFeatures.SamplingWithReasoning | RequestFeatures.PrefillWithReasoning;
    private readonly RequestFeatures refused;
    // What is refused only of who has room to think.
    private readonly RequestFeatures refusedThinking;
    private readonly bool takesToolsByResponses;

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
        refused = model.Traits is { } traits ? traits.Unsupported | (traits.Efforts == ReasoningEffort.Unsaid ? RequestFeatures.Reasoning : 0) | Breakpoints(traits, provider) : 0;
        refusedThinking = model.Traits is { ThinksByBudget: true } && provider.Document.Protocol == ProviderProtocol.Anthropic ? BesideThinking : RequestFeatures.None;
        takesToolsByResponses = model.Traits is { ToolsByResponses: true } && provider.StandsFor(Operation.Responses) == Operation.Responses;
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

    /// <summary>What its provider is asked for such a request: the same, or that of its own protocol's which the request is translated to.</summary>
    /// <exception cref="InvalidOperationException">The provider doesn't offer what is asked for.</exception>
    public Operation OperationFor(in RequestShape shape) => Own(shape) ?? throw new InvalidOperationException($"{Provider.Name} offers no {shape.Operation}");

    /// <summary>Whether requests for the operation can be served by it: its provider offers it, and its model is of the kind.</summary>
    public bool Serves(Operation operation) => Provider.Offers(operation) && (operation.Kind() & ~Model.Traits!.Capabilities) == Capabilities.None;

    /// <summary>Whether such a request has to be translated.</summary>
    public bool Translates(in RequestShape shape) => Own(shape) is { } own && own != shape.Operation;

    /// <summary>What of <paramref name="shape"/> would be lost on the way to it; nothing where its provider is asked the same.</summary>
    public RequestFeatures Loses(in RequestShape shape) => LosesInTranslation(shape) | (Translates(shape) ? shape.Features & RefusedOf(shape) : RequestFeatures.None);

    /// <summary>Of that, what has no place in what its provider is asked; the rest the model refuses.</summary>
    internal RequestFeatures LosesInTranslation(in RequestShape shape) =>
        Own(shape) is { } own && own != shape.Operation ? shape.Features & Translation.LostIn(own) : RequestFeatures.None;

    /// <summary>Whether its provider is asked for a response because such a request has tools.</summary>
    internal bool IsAskedByItsTools(in RequestShape shape) =>
        takesToolsByResponses && (shape.Uses & Capabilities.Tools) != 0 && Provider.StandsFor(shape.Operation) == Operation.ChatCompletions;

    // Of Anthropic's models all take them.
    private static RequestFeatures Breakpoints(CompiledModelTraits traits, CompiledProvider provider) =>
        traits.TakesCacheBreakpoints || provider.Document.Protocol == ProviderProtocol.Anthropic ? RequestFeatures.None : RequestFeatures.CacheBreakpoints;

    private RequestFeatures RefusedOf(in RequestShape shape) => shape.MaxOutputTokens is > 0 and < CompiledModelTraits.LeastWithThinking ? refused : refused | refusedThinking;

    private Operation? Own(in RequestShape shape) => IsAskedByItsTools(shape) ? Operation.Responses : Provider.StandsFor(shape.Operation);

    internal ulong RegionBit { get; }

    internal ulong AttestationBits { get; }

    internal ulong Hash { get; }
}
