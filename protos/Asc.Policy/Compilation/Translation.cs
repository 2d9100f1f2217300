using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Which operation of another protocol can stand for one, and what is lost on the way (facts: 3.1, 3.4, 3.6).</summary>
internal static class Translation
{
    // What only one protocol has, or each says in a way of its own.
    private const RequestFeatures NotElsewhere =
        RequestFeatures.LogitBias | RequestFeatures.Logprobs | RequestFeatures.Choices | RequestFeatures.Prediction | RequestFeatures.CustomTools
        | RequestFeatures.AudioInput | RequestFeatures.AudioOutput | RequestFeatures.Verbosity | RequestFeatures.ProviderTools | RequestFeatures.ProviderContent | RequestFeatures.OtherFields
        | RequestFeatures.OtherMediaTypes | RequestFeatures.TokenInput | RequestFeatures.VectorTypes | RequestFeatures.MessageNames | RequestFeatures.ReasoningSummaries
        | RequestFeatures.OtherMembers | RequestFeatures.CacheLifetimes;

    private const RequestFeatures NotInMessages =
        NotElsewhere | RequestFeatures.HighTemperature | RequestFeatures.Penalties | RequestFeatures.Seed | RequestFeatures.JsonObject | RequestFeatures.SchemaBounds
        | RequestFeatures.BlankStopSequences | RequestFeatures.ImageDetail | RequestFeatures.ForcedToolsWithReasoning
        | RequestFeatures.PromptCacheKey | RequestFeatures.Metadata;

    private const RequestFeatures NotInChatCompletions = NotElsewhere | RequestFeatures.TopK | RequestFeatures.ManyStopSequences | RequestFeatures.Prefill | RequestFeatures.Metadata | RequestFeatures.PromptCacheKey;

    private const RequestFeatures NotInResponses =
        (NotElsewhere & ~RequestFeatures.Verbosity) | RequestFeatures.TopK | RequestFeatures.StopSequences | RequestFeatures.Penalties | RequestFeatures.Seed | RequestFeatures.Prefill;

    private const RequestFeatures NotInMistral = NotElsewhere | RequestFeatures.TopK | RequestFeatures.HighTemperature | RequestFeatures.CacheBreakpoints | RequestFeatures.EndUser | RequestFeatures.Metadata;

    // The first of Azure's versions that has responses.
    private const string FirstWithResponses = "2025-03-01-preview";

    /// <summary>What a provider is asked in its own protocol; null: nothing would do.</summary>
    public static Operation? For(Operation asked, ProviderDocument provider) =>
        For(asked == Operation.Responses && LacksResponses(provider) ? Operation.ChatCompletions : asked, provider.Protocol);

    private static bool LacksResponses(ProviderDocument provider) =>
        provider is { Protocol: ProviderProtocol.AzureOpenAi, ApiVersion.Length: > 0 } && string.CompareOrdinal(provider.ApiVersion, FirstWithResponses) < 0;

    private static Operation? For(Operation asked, ProviderProtocol protocol) => (asked, protocol) switch
    {
        (Operation.Responses, ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi) => Operation.Responses,
        (Operation.ChatCompletions or Operation.Responses or Operation.Messages or Operation.MistralChat, ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi or ProviderProtocol.OpenAiCompatible) => Operation.ChatCompletions,
        (Operation.Embeddings or Operation.MistralEmbeddings, ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi or ProviderProtocol.OpenAiCompatible) => Operation.Embeddings,
        (Operation.ChatCompletions or Operation.Responses or Operation.Messages or Operation.MistralChat, ProviderProtocol.Anthropic) => Operation.Messages,
        (Operation.ChatCompletions or Operation.Responses or Operation.Messages, ProviderProtocol.Mistral) => Operation.MistralChat,
        (Operation.Embeddings, ProviderProtocol.Mistral) => Operation.MistralEmbeddings,
        (Operation.MistralChat or Operation.MistralFim or Operation.MistralEmbeddings, ProviderProtocol.Mistral) => asked,
        // Whoever serves messages: a node estimates where the protocol has no such thing.
        (Operation.CountTokens, _) when For(Operation.Messages, protocol) is not null => Operation.CountTokens,
        _ => null,
    };

    /// <summary>What the operation has no place for, where a request for another one becomes it.</summary>
    public static RequestFeatures LostIn(Operation own) => own switch
    {
        Operation.Messages => NotInMessages,
        Operation.MistralChat or Operation.MistralEmbeddings => NotInMistral,
        Operation.Responses => NotInResponses,
        _ => NotInChatCompletions,
    };
}
