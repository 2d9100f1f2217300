using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>Which endpoints stand for one another, and what is lost where they do.</summary>
public sealed class TranslationTests
{
    private static readonly CompiledPolicy Compiled = PolicyCompiler.Compile(
        new(
            [
                At("openai", ProviderProtocol.OpenAi), At("anthropic", ProviderProtocol.Anthropic), At("mistral", ProviderProtocol.Mistral), At("vllm", ProviderProtocol.OpenAiCompatible),
                At("azure", ProviderProtocol.AzureOpenAi), At("old-azure", ProviderProtocol.AzureOpenAi) with { ApiVersion = "2024-10-21" },
            ],
            [
                new("openai", [new("openai", "m")]), new("anthropic", [new("anthropic", "m")]), new("mistral", [new("mistral", "m")]),
                new("newer", [new("openai", "m"), new("azure", "m"), new("old-azure", "m"), new("vllm", "m"), new("anthropic", "m"), new("mistral", "m")])
                {
                    ToolsBy = ToolsBy.Responses, Unsupported = RequestFeatures.Temperature,
                },
                new("newest", [new("openai", "m")]) { ToolsBy = ToolsBy.Responses },
                new("caching", [new("openai", "m")]) { CacheBreakpoints = true },
            ],
            [],
            [new("acme", ["*"], AllowedRegions: ["eu"], Id: "t")]),
        1);

    [TestCase(Operation.ChatCompletions, "openai anthropic mistral")]
    [TestCase(Operation.Messages, "openai anthropic mistral")]
    [TestCase(Operation.MistralChat, "openai anthropic mistral")]
    [TestCase(Operation.MistralFim, "mistral")]
    [TestCase(Operation.Embeddings, "openai mistral")]
    [TestCase(Operation.MistralEmbeddings, "openai mistral")]
    public void An_operation_is_offered_by_whose_protocol_has_it_or_stands_for_it(Operation asked, string offering) =>
        Assert.That(new[] { "openai", "anthropic", "mistral" }.Where(name => Candidate(name).Provider.Offers(asked)), Is.EqualTo(offering.Split(' ')));

    [TestCase(Operation.MistralChat, "https://mistral.example/v1/chat/completions")]
    [TestCase(Operation.MistralFim, "https://mistral.example/v1/fim/completions")]
    [TestCase(Operation.MistralEmbeddings, "https://mistral.example/v1/embeddings")]
    public void Mistrals_base_URL_ends_where_its_SDKs_does(Operation asked, string url) => Assert.That(Candidate("mistral").Provider.UrlOf(asked, "m").ToString(), Is.EqualTo(url));

    [TestCase(Operation.ChatCompletions, "mistral", RequestFeatures.Seed | RequestFeatures.Penalties | RequestFeatures.JsonObject | RequestFeatures.ManyStopSequences, RequestFeatures.None)]
    [TestCase(Operation.ChatCompletions, "mistral", RequestFeatures.HighTemperature | RequestFeatures.Temperature | RequestFeatures.LogitBias, RequestFeatures.HighTemperature | RequestFeatures.LogitBias)]
    [TestCase(Operation.Messages, "mistral", RequestFeatures.TopK | RequestFeatures.TopP | RequestFeatures.Prefill | RequestFeatures.SchemaBounds, RequestFeatures.TopK)]
    [TestCase(Operation.Messages, "openai", RequestFeatures.Prefill | RequestFeatures.SchemaBounds | RequestFeatures.OtherMediaTypes, RequestFeatures.Prefill | RequestFeatures.OtherMediaTypes)]
    [TestCase(Operation.ChatCompletions, "anthropic", RequestFeatures.Prefill | RequestFeatures.SchemaBounds | RequestFeatures.TopPWithTemperature | RequestFeatures.BlankStopSequences, RequestFeatures.SchemaBounds | RequestFeatures.BlankStopSequences)]
    [TestCase(Operation.MistralChat, "openai", RequestFeatures.Seed | RequestFeatures.Penalties | RequestFeatures.HighTemperature | RequestFeatures.Choices, RequestFeatures.Choices)]
    [TestCase(Operation.MistralChat, "anthropic", RequestFeatures.Seed | RequestFeatures.Penalties | RequestFeatures.ManyStopSequences, RequestFeatures.Seed | RequestFeatures.Penalties)]
    [TestCase(Operation.Embeddings, "mistral", RequestFeatures.TokenInput | RequestFeatures.OtherFields, RequestFeatures.TokenInput | RequestFeatures.OtherFields)]
    [TestCase(Operation.MistralEmbeddings, "openai", RequestFeatures.VectorTypes, RequestFeatures.VectorTypes)]
    [TestCase(Operation.MistralEmbeddings, "mistral", RequestFeatures.VectorTypes, RequestFeatures.None)]
    [TestCase(Operation.MistralChat, "mistral", RequestFeatures.Choices | RequestFeatures.OtherFields, RequestFeatures.None)]
    [TestCase(Operation.ChatCompletions, "anthropic", RequestFeatureNames.Hints, RequestFeatures.MessageNames | RequestFeatures.ImageDetail | RequestFeatures.ReasoningSummaries | RequestFeatures.OtherMembers | RequestFeatures.CacheLifetimes | RequestFeatures.PromptCacheKey | RequestFeatures.Metadata)]
    [TestCase(Operation.ChatCompletions, "mistral", RequestFeatures.ForcedToolsWithReasoning, RequestFeatures.None)]
    [TestCase(Operation.ChatCompletions, "anthropic", RequestFeatures.ForcedToolsWithReasoning | RequestFeatures.ForcedTools, RequestFeatures.ForcedToolsWithReasoning)]
    [TestCase(Operation.Messages, "openai", RequestFeatures.CacheBreakpoints | RequestFeatures.EndUser, RequestFeatures.CacheBreakpoints)]
    [TestCase(Operation.Responses, "mistral", RequestFeatures.PromptCacheKey | RequestFeatures.Metadata, RequestFeatures.Metadata)]
    [TestCase(Operation.MistralChat, "openai", RequestFeatures.PromptCacheKey | RequestFeatures.Metadata, RequestFeatures.PromptCacheKey | RequestFeatures.Metadata)]
    [TestCase(Operation.Messages, "caching", RequestFeatures.CacheBreakpoints | RequestFeatures.EndUser, RequestFeatures.None)]
    [TestCase(Operation.Messages, "mistral", RequestFeatures.CacheBreakpoints | RequestFeatures.EndUser | RequestFeatures.ImageDetail, RequestFeatures.CacheBreakpoints | RequestFeatures.EndUser)]
    public void What_a_protocol_has_no_place_for_is_lost_where_a_request_is_translated(Operation asked, string provider, object features, object lost) =>
        Assert.That(Candidate(provider).Loses(new RequestShape(Operation: asked, Features: (RequestFeatures)features)), Is.EqualTo((RequestFeatures)lost));

    [TestCase(Operation.ChatCompletions, Capabilities.Tools, "Responses Responses ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.ChatCompletions, Capabilities.Tools | Capabilities.Streaming, "Responses Responses ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.Messages, Capabilities.Tools, "Responses Responses ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.MistralChat, Capabilities.Tools, "Responses Responses ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.ChatCompletions, Capabilities.Vision, "ChatCompletions ChatCompletions ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.Messages, Capabilities.None, "ChatCompletions ChatCompletions ChatCompletions ChatCompletions Messages MistralChat")]
    [TestCase(Operation.CountTokens, Capabilities.Tools, "CountTokens CountTokens CountTokens CountTokens CountTokens CountTokens")]
    public void A_model_that_takes_tools_by_responses_is_asked_for_them_where_its_provider_has_any(Operation asked, Capabilities uses, string operations) =>
        Assert.That(Compiled.FindName("newer")!.Candidates.Select(candidate => candidate.OperationFor(new RequestShape(uses, Operation: asked)).ToString()), Is.EqualTo(operations.Split(' ')));

    [Test]
    public void A_response_of_a_client_s_own_is_what_it_was() =>
        Assert.That(Compiled.FindName("newer")!.Candidates[0].Translates(new RequestShape(Capabilities.Tools, Operation: Operation.Responses)), Is.False);

    [TestCase(Capabilities.Tools, RequestFeatures.Seed | RequestFeatures.StopSequences | RequestFeatures.Penalties | RequestFeatures.LogitBias | RequestFeatures.Choices | RequestFeatures.Logprobs | RequestFeatures.Prediction)]
    [TestCase(Capabilities.Tools, RequestFeatures.Temperature | RequestFeatures.Prefill | RequestFeatures.AudioInput | RequestFeatures.CustomTools | RequestFeatures.OtherFields)]
    [TestCase(Capabilities.None, RequestFeatures.None)]
    public void A_chat_client_s_own_request_loses_what_responses_have_no_place_for_where_it_becomes_one(Capabilities uses, RequestFeatures lost)
    {
        const RequestFeatures carried = RequestFeatures.TopP | RequestFeatures.ForcedTools | RequestFeatures.JsonObject | RequestFeatures.Verbosity | RequestFeatures.SchemaBounds;
        var features = carried | (lost == RequestFeatures.None ? RequestFeatures.Seed | RequestFeatures.Temperature : lost);
        Assert.That(Compiled.FindName("newer")!.Candidates[0].Loses(new RequestShape(uses, Operation: Operation.ChatCompletions, Features: features)), Is.EqualTo(lost));
    }

    [Test]
    public void Who_can_t_be_served_for_its_tools_is_told_why()
    {
        var facts = new RequestFacts(Compiled.FindTenant("acme")!, Compiled.FindName("newest"), Compiled.Regions.BitOf("eu"), null, AccessSwitches.None)
        {
            Shape = new(Capabilities.Tools, Operation: Operation.ChatCompletions, Features: RequestFeatures.Seed | RequestFeatures.Choices),
        };

        var explained = PolicyExplainer.Explain(Compiled, facts, "newest", "eu");

        Assert.That(explained.Message, Does.Contain("newest takes tools by responses (toolsBy of the Model newest), and what is translated for that loses seed, choices, which the request asks for"));
        Assert.That(explained.WouldPassIf, Is.EqualTo(new[] { "the request does not ask for seed, choices, or uses no tools, or newest gets a deployment of a provider that has /v1/chat/completions itself" }));
    }

    [Test]
    public void A_hint_that_has_no_place_stands_in_nobody_s_way()
    {
        var facts = new RequestFacts(Compiled.FindTenant("acme")!, Compiled.FindName("mistral"), Compiled.Regions.BitOf("eu"), null, AccessSwitches.None)
        {
            Shape = new(Operation: Operation.ChatCompletions, Features: RequestFeatureNames.Hints),
        };
        Assert.That(PolicyExplainer.Explain(Compiled, facts, "mistral", "eu").Decision.IsAllowed, Is.True);
        var more = facts with { Shape = facts.Shape with { Features = RequestFeatureNames.Hints | RequestFeatures.LogitBias } };
        Assert.That(PolicyExplainer.Explain(Compiled, more, "mistral", "eu").Message, Does.Contain("loses logit-bias, which"));
    }

    [Test]
    public void Two_that_are_asked_for_together_are_one_more()
    {
        Assert.That((RequestFeatures.Temperature | RequestFeatures.TopP).WithCombinations(), Is.EqualTo(RequestFeatures.Temperature | RequestFeatures.TopP | RequestFeatures.TopPWithTemperature));
        Assert.That((RequestFeatures.ForcedTools | RequestFeatures.Reasoning).WithCombinations(), Is.EqualTo(RequestFeatures.ForcedTools | RequestFeatures.Reasoning | RequestFeatures.ForcedToolsWithReasoning));
        Assert.That((RequestFeatures.Temperature | RequestFeatures.Seed).WithCombinations(), Is.EqualTo(RequestFeatures.Temperature | RequestFeatures.Seed));
    }

    private static CompiledCandidate Candidate(string name) => Compiled.FindName(name)!.Candidates[0];

    private static ProviderDocument At(string name, ProviderProtocol protocol) => new(name, protocol, $"https://{name}.example", "s", "eu");
}
