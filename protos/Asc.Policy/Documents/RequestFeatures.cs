namespace Asc.Policy.Documents;

/// <summary>
/// What a request asks for that not every protocol has a place for, or not every model takes (facts: 3.1, 3.4). It matters where a request is translated:
/// a provider that speaks the request's own protocol judges it itself.
/// </summary>
[Flags]
public enum RequestFeatures : ulong
{
    None = 0,

    /// <summary>A temperature other than 1.</summary>
    Temperature = 1UL << 0,

    /// <summary>A temperature above 1.</summary>
    HighTemperature = 1UL << 1,

    /// <summary>A <c>top_p</c> other than 1.</summary>
    TopP = 1UL << 2,

    TopK = 1UL << 3,

    /// <summary>Strings that end the answer.</summary>
    StopSequences = 1UL << 4,

    /// <summary>More than four of them.</summary>
    ManyStopSequences = 1UL << 5,

    /// <summary><c>frequency_penalty</c>, <c>presence_penalty</c>.</summary>
    Penalties = 1UL << 6,

    LogitBias = 1UL << 7,

    /// <summary><c>logprobs</c>, <c>top_logprobs</c>.</summary>
    Logprobs = 1UL << 8,

    Seed = 1UL << 9,

    /// <summary>Several answers at once (<c>n</c>).</summary>
    Choices = 1UL << 10,

    /// <summary>A predicted answer (<c>prediction</c>).</summary>
    Prediction = 1UL << 11,

    /// <summary>An answer that is some JSON object.</summary>
    JsonObject = 1UL << 12,

    /// <summary>How much the model is to think.</summary>
    Reasoning = 1UL << 13,

    /// <summary>A tool that must be called.</summary>
    ForcedTools = 1UL << 14,

    /// <summary>Tools that take text of a grammar instead of JSON.</summary>
    CustomTools = 1UL << 15,

    /// <summary>Tools as they were called once, <c>functions</c>, of which one is called at a time.</summary>
    Functions = 1UL << 16,

    AudioInput = 1UL << 17,

    AudioOutput = 1UL << 18,

    /// <summary>How many words an answer has (<c>verbosity</c>).</summary>
    Verbosity = 1UL << 19,

    /// <summary>The last message is the assistant's, so that the answer goes on with it.</summary>
    Prefill = 1UL << 20,

    /// <summary>Tools that the provider describes and the client runs, as <c>bash_20250124</c>.</summary>
    ProviderTools = 1UL << 21,

    /// <summary>Content of kinds that only one provider knows: what its own tools did, what was searched.</summary>
    ProviderContent = 1UL << 22,

    /// <summary>Fields that ASC does not know.</summary>
    OtherFields = 1UL << 23,

    /// <summary>Both <see cref="Temperature"/> and <see cref="TopP"/>: some models take either.</summary>
    TopPWithTemperature = 1UL << 24,

    /// <summary>A JSON schema that the answer, or a strict tool's arguments, are held to, with more than types: bounds of numbers, texts and lists, conditions.</summary>
    SchemaBounds = 1UL << 25,

    /// <summary>Pictures other than JPEG, PNG, GIF and WebP, files other than PDF and text.</summary>
    OtherMediaTypes = 1UL << 26,

    /// <summary>Blanks that end the answer, as a blank line.</summary>
    BlankStopSequences = 1UL << 27,

    /// <summary>Tokens to embed, in place of text: numbers of one provider's tokenizer.</summary>
    TokenInput = 1UL << 28,

    /// <summary>Vectors of other numbers than floats (<c>output_dtype</c>).</summary>
    VectorTypes = 1UL << 29,

    /// <summary>Who of several says a message (<c>name</c>).</summary>
    MessageNames = 1UL << 30,

    /// <summary>Where a prompt's cached part ends (<c>cache_control</c>, <c>prompt_cache_breakpoint</c>).</summary>
    CacheBreakpoints = 1UL << 31,

    /// <summary>How closely a picture is looked at (<c>detail</c>).</summary>
    ImageDetail = 1UL << 32,

    /// <summary>For whom the application asks (<c>safety_identifier</c>, <c>user</c>, <c>metadata.user_id</c>).</summary>
    EndUser = 1UL << 33,

    /// <summary>What the model thought, told in short (<c>reasoning.summary</c>) or sealed (<c>include</c>).</summary>
    ReasoningSummaries = 1UL << 34,

    /// <summary>Both <see cref="ForcedTools"/> and <see cref="Reasoning"/>: Claude can't be forced to a tool while it thinks.</summary>
    ForcedToolsWithReasoning = 1UL << 35,

    /// <summary>Members of messages, of their parts, of formats and choices that ASC does not know: what SDKs add of their own, or a protocol's newest.</summary>
    OtherMembers = 1UL << 36,

    /// <summary>What a model thought in earlier turns, where the one that is asked has no place for it, or refuses it as another's: then it is asked without. Known when the request is written or refused.</summary>
    CarriedReasoning = 1UL << 37,

    /// <summary>How long a part of the prompt is cached (<c>ttl</c>).</summary>
    CacheLifetimes = 1UL << 38,

    /// <summary>By what a prompt's cache is found (<c>prompt_cache_key</c>).</summary>
    PromptCacheKey = 1UL << 39,

    /// <summary>What the application keeps with the request (<c>metadata</c>).</summary>
    Metadata = 1UL << 40,

    /// <summary>Tools whose calls are held to a schema that the provider can hold nobody to. Known when the request is written for it.</summary>
    StrictTools = 1UL << 41,

    /// <summary>Both <see cref="Reasoning"/> and <see cref="Temperature"/>, <see cref="TopP"/> or <see cref="TopK"/>: Claude samples as it likes while it thinks.</summary>
    SamplingWithReasoning = 1UL << 42,

    /// <summary>Both <see cref="Reasoning"/> and <see cref="Prefill"/>: Claude doesn't think where its answer is begun.</summary>
    PrefillWithReasoning = 1UL << 43,

    /// <summary>Arguments of an earlier call that aren't whole, as its answer was cut off within them: elsewhere they are JSON or none. Known when the request is read for another protocol.</summary>
    CutArguments = 1UL << 44,
}

/// <summary>How features are called, and what may become of them.</summary>
public static class RequestFeatureNames
{
    /// <summary>Every one with its name, in order.</summary>
    public static IReadOnlyList<KeyValuePair<RequestFeatures, string>> All { get; } =
    [
        new(RequestFeatures.Temperature, "temperature"), new(RequestFeatures.HighTemperature, "temperature-above-1"), new(RequestFeatures.TopP, "top-p"), new(RequestFeatures.TopK, "top-k"),
        new(RequestFeatures.StopSequences, "stop"), new(RequestFeatures.ManyStopSequences, "more-than-4-stops"), new(RequestFeatures.Penalties, "penalties"), new(RequestFeatures.LogitBias, "logit-bias"),
        new(RequestFeatures.Logprobs, "logprobs"), new(RequestFeatures.Seed, "seed"), new(RequestFeatures.Choices, "choices"), new(RequestFeatures.Prediction, "prediction"),
        new(RequestFeatures.JsonObject, "json-object"), new(RequestFeatures.Reasoning, "reasoning"), new(RequestFeatures.ForcedTools, "forced-tools"), new(RequestFeatures.CustomTools, "custom-tools"),
        new(RequestFeatures.Functions, "functions"), new(RequestFeatures.AudioInput, "audio-input"), new(RequestFeatures.AudioOutput, "audio-output"), new(RequestFeatures.Verbosity, "verbosity"),
        new(RequestFeatures.Prefill, "prefill"), new(RequestFeatures.ProviderTools, "provider-tools"), new(RequestFeatures.ProviderContent, "provider-content"), new(RequestFeatures.OtherFields, "other-fields"),
        new(RequestFeatures.TopPWithTemperature, "top-p-with-temperature"), new(RequestFeatures.SchemaBounds, "schema-bounds"), new(RequestFeatures.OtherMediaTypes, "other-media-types"),
        new(RequestFeatures.BlankStopSequences, "blank-stops"),
        new(RequestFeatures.TokenInput, "token-input"), new(RequestFeatures.VectorTypes, "output-dtype"),
        new(RequestFeatures.MessageNames, "message-names"), new(RequestFeatures.CacheBreakpoints, "cache-breakpoints"), new(RequestFeatures.ImageDetail, "image-detail"), new(RequestFeatures.EndUser, "end-user"),
        new(RequestFeatures.ReasoningSummaries, "reasoning-summaries"), new(RequestFeatures.ForcedToolsWithReasoning, "forced-tools-with-reasoning"),
        new(RequestFeatures.OtherMembers, "other-members"), new(RequestFeatures.CarriedReasoning, "carried-reasoning"),
        new(RequestFeatures.SamplingWithReasoning, "sampling-with-reasoning"), new(RequestFeatures.PrefillWithReasoning, "prefill-with-reasoning"),
        new(RequestFeatures.CacheLifetimes, "cache-lifetimes"), new(RequestFeatures.PromptCacheKey, "prompt-cache-key"), new(RequestFeatures.Metadata, "metadata"), new(RequestFeatures.StrictTools, "strict-tools"),
        new(RequestFeatures.CutArguments, "cut-arguments"),
    ];

    /// <summary>What a request may be served without, where its tenant says so. Without the rest it would be another request.</summary>
    public const RequestFeatures Droppable =
        RequestFeatures.Temperature | RequestFeatures.HighTemperature | RequestFeatures.TopP | RequestFeatures.TopK | RequestFeatures.StopSequences | RequestFeatures.ManyStopSequences
        | RequestFeatures.Penalties | RequestFeatures.LogitBias | RequestFeatures.Logprobs | RequestFeatures.Seed | RequestFeatures.Prediction | RequestFeatures.JsonObject
        | RequestFeatures.Reasoning | RequestFeatures.ForcedTools | RequestFeatures.Verbosity | RequestFeatures.OtherFields
        | RequestFeatures.TopPWithTemperature | RequestFeatures.SchemaBounds | RequestFeatures.BlankStopSequences | RequestFeatures.ForcedToolsWithReasoning
        | RequestFeatures.SamplingWithReasoning | RequestFeatures.PrefillWithReasoning;

    /// <summary>What is asked stays the same without these: a request is served without them whatever its tenant says, and the answer names them.</summary>
    public const RequestFeatures Hints = RequestFeatures.MessageNames | RequestFeatures.CacheBreakpoints | RequestFeatures.ImageDetail | RequestFeatures.EndUser | RequestFeatures.ReasoningSummaries
        | RequestFeatures.OtherMembers | RequestFeatures.CarriedReasoning | RequestFeatures.CacheLifetimes | RequestFeatures.PromptCacheKey | RequestFeatures.Metadata | RequestFeatures.StrictTools
        | RequestFeatures.CutArguments;

    /// <summary>How tokens are chosen.</summary>
    public const RequestFeatures Sampling = RequestFeatures.Temperature | RequestFeatures.TopP | RequestFeatures.TopK;

    /// <summary>The same, with those that lie in asking for several at once.</summary>
    public static RequestFeatures WithCombinations(this RequestFeatures features)
    {
        const RequestFeatures both = RequestFeatures.Temperature | RequestFeatures.TopP, forced = RequestFeatures.ForcedTools | RequestFeatures.Reasoning;
        features |= (features & both) == both ? RequestFeatures.TopPWithTemperature : RequestFeatures.None;
        features |= (features & forced) == forced ? RequestFeatures.ForcedToolsWithReasoning : RequestFeatures.None;
        if ((features & RequestFeatures.Reasoning) == 0)
        {
            return features;
        }

        features |= (features & Sampling) != 0 ? RequestFeatures.SamplingWithReasoning : RequestFeatures.None;
        return (features & RequestFeatures.Prefill) != 0 ? features | RequestFeatures.PrefillWithReasoning : features;
    }

    /// <summary>The name of each of them.</summary>
    public static IEnumerable<string> Names(this RequestFeatures features) => features == RequestFeatures.None ? [] : features.Named().Select(static feature => feature.Value);

    /// <summary>Each of them alone, in the same order.</summary>
    public static IEnumerable<RequestFeatures> Each(this RequestFeatures features) => features.Named().Select(static feature => feature.Key);

    private static IEnumerable<KeyValuePair<RequestFeatures, string>> Named(this RequestFeatures features) => All.Where(feature => (features & feature.Key) != 0);

    /// <summary>E.g. "seed, logprobs"; "nothing".</summary>
    public static string Text(this RequestFeatures features) => string.Join(", ", features.Names()) is { Length: > 0 } list ? list : "nothing";
}

/// <summary>What becomes of a request that asks for what its translation can't carry.</summary>
public enum FeatureGaps
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It is served without, and the answer says so; where that would make it another request, it is refused.</summary>
    Drop,
}
