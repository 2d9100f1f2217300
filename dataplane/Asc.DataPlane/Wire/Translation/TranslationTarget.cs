using System.Text.Json;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What a request is translated for.</summary>
/// <param name="ModelJson">What the provider calls the model, as a JSON string.</param>
/// <param name="Traits">What is declared of the model.</param>
/// <param name="Features">What the request asks for, but for what is left out.</param>
/// <param name="MaxOutputTokens">How long the answer may be; null: nobody bounds it.</param>
/// <param name="Stream">Whether the answer is to come as events.</param>
internal readonly record struct TranslationTarget(ReadOnlyMemory<byte> ModelJson, CompiledModelTraits Traits, RequestFeatures Features, long? MaxOutputTokens, bool Stream)
{
    public static TranslationTarget Of(GatewayExchange exchange, CompiledCandidate candidate)
    {
        ref readonly var request = ref exchange.Request;
        var (traits, provider, lost) = (candidate.Model.Traits!, candidate.Provider.Document, candidate.Loses(request.Shape));
        var target = new TranslationTarget(candidate.UpstreamModelJson, traits, request.Shape.Features & ~lost, request.MaxOutput.Told ?? exchange.Tenant!.MaxOutputTokens, request.Stream)
        {
            Dropped = lost,
            InferenceGeo = provider.InferenceGeo,
            IsOwnClients = provider.Protocol is ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi && request.Shape.Operation is Operation.ChatCompletions or Operation.Responses,
        };
        // Who is told a number of tokens may turn out to be told none, and samples then.
        return (lost & RequestFeatures.SamplingWithReasoning) != 0 && !traits.ThinksByBudget ? target.WithoutSampling() : target;
    }

    /// <summary>What is left out by policy.</summary>
    public RequestFeatures Dropped { get; init; }

    /// <summary>Where Anthropic is asked to process; empty: it isn't asked.</summary>
    public string InferenceGeo { get; init; } = "";

    /// <summary>Whether OpenAI's own client asks, which is translated for another operation of OpenAI's: it knows how the model thinks.</summary>
    public bool IsOwnClients { get; init; }

    /// <summary>Whether what was thought in earlier turns is left out, as the provider can't read it.</summary>
    public bool WithoutReasoning { get; init; }

    /// <summary>Whether the provider is asked for it.</summary>
    public bool Carries(RequestFeatures feature) => (Features & feature) != 0;

    /// <summary>Whether it is asked for <c>top_p</c>: of models that take either it is the temperature that is asked for.</summary>
    public bool CarriesTopP => Carries(RequestFeatures.TopP) && (!Carries(RequestFeatures.Temperature) || Carries(RequestFeatures.TopPWithTemperature));

    /// <summary>Whether it is told <paramref name="temperature"/>, which is 1 for who isn't told.</summary>
    /// <param name="temperature">What the caller says.</param>
    /// <param name="hasOwnDefaults">Whether the server may take something else for granted than 1.</param>
    public bool SaysTemperature(JsonElement temperature, bool hasOwnDefaults) =>
        Carries(RequestFeatures.Temperature)
        || (hasOwnDefaults && IsOne(temperature, RequestFeatures.Temperature | (CarriesTopP ? RequestFeatures.TopPWithTemperature : RequestFeatures.None)));

    /// <summary>Whether it is told <paramref name="topP"/>, which is 1 for who isn't told.</summary>
    /// <param name="topP">What the caller says.</param>
    /// <param name="hasOwnDefaults">Whether the server may take something else for granted than 1.</param>
    public bool SaysTopP(JsonElement topP, bool hasOwnDefaults) => CarriesTopP || (hasOwnDefaults && IsOne(topP, RequestFeatures.TopP | RequestFeatures.TopPWithTemperature));

    /// <summary>How many tokens the answer may have, no more than the model can; null: nobody bounds it.</summary>
    /// <exception cref="UntranslatableException">No answer is asked for.</exception>
    public long? AnswerBound() => MaxOutputTokens switch
    {
        0 => throw new UntranslatableException(
            Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, "\"max_tokens\": 0 fills Anthropic's prompt cache, and no other provider can do that: ask for 1 at least.", "max_tokens"),
        { } maximum => Math.Min(maximum, Traits.MaxOutputTokens),
        null => null,
    };

    /// <summary>
    /// How much the model is told to think. Not at all is a wish that nobody has to be able to fulfil, and as it likes is another: who can't be told so does as usual. Where nobody
    /// says it and the answer has little room, it is as little as the model can.
    /// </summary>
    public ReasoningEffort EffortFor(Conversation said) => said.Effort switch
    {
        ReasoningEffort.None => Traits.NearestEffort(ReasoningEffort.None),
        not ReasoningEffort.Unsaid => Carries(RequestFeatures.Reasoning) ? Traits.NearestEffort(said.Effort) : ReasoningEffort.Unsaid,
        _ when !Traits.CanThink || Traits.ThinksByBudget => ReasoningEffort.Unsaid,
        // Who can be asked for these doesn't think of its own accord.
        _ when MaxOutputTokens is > 0 and < CompiledModelTraits.LeastWithThinking => Samples || IsOwnClients ? ReasoningEffort.Unsaid : Traits.NearestEffort(ReasoningEffort.None),
        // Which is what Claude takes it for (platform.claude.com, effort).
        _ when said.ThinksAsItLikes && !(Samples && (Traits.Unsupported & RequestFeatures.SamplingWithReasoning) != 0) => Traits.NearestEffort(ReasoningEffort.High),
        _ => ReasoningEffort.Unsaid,
    };

    /// <summary>Whether it is asked for another way of sampling than its own.</summary>
    public bool Samples => Carries(RequestFeatureNames.Sampling);

    /// <summary>The same, but that it is not.</summary>
    public TranslationTarget WithoutSampling() => this with { Features = Features & ~RequestFeatureNames.Sampling };

    private bool IsOne(JsonElement number, RequestFeatures parameter) => number.ValueKind == JsonValueKind.Number && number.GetDouble() == 1 && (Traits.Unsupported & parameter) == 0;
}
