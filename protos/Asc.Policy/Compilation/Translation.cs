using Asc.Policy.Documents;

namespace Asc.Policy.Compilation;

/// <summary>Which operation of another protocol can stand for one, and what is lost on the way (facts: 3.1, 3.4).</summary>
internal static class Translation
{
    private const RequestFeatures NotInMessages =
        RequestFeatures.HighTemperature | RequestFeatures.Penalties | RequestFeatures.LogitBias | RequestFeatures.Logprobs | RequestFeatures.Seed | RequestFeatures.Choices | RequestFeatures.Prediction
        | RequestFeatures.JsonObject | RequestFeatures.CustomTools | RequestFeatures.Functions | RequestFeatures.AudioInput | RequestFeatures.AudioOutput | RequestFeatures.Verbosity
        | RequestFeatures.Prefill | RequestFeatures.ProviderContent | RequestFeatures.OtherFields;

    private const RequestFeatures NotInChatCompletions =
        RequestFeatures.TopK | RequestFeatures.ManyStopSequences | RequestFeatures.Prefill | RequestFeatures.ProviderTools | RequestFeatures.ProviderContent | RequestFeatures.OtherFields;

    /// <summary>What a provider is asked in its own protocol; null: nothing would do.</summary>
    public static Operation? For(Operation asked, ProviderProtocol protocol) => (asked, protocol) switch
    {
        (Operation.ChatCompletions or Operation.Messages, ProviderProtocol.OpenAi) => Operation.ChatCompletions,
        (Operation.ChatCompletions or Operation.Messages, ProviderProtocol.Anthropic) => Operation.Messages,
        (Operation.MistralChat or Operation.MistralFim or Operation.MistralEmbeddings, ProviderProtocol.Mistral) => asked,
        _ => null,
    };

    /// <summary>What the protocol has no place for.</summary>
    public static RequestFeatures LostIn(ProviderProtocol protocol) => protocol == ProviderProtocol.Anthropic ? NotInMessages : NotInChatCompletions;
}
