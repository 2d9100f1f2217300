using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>Which endpoints stand for one another, and what is lost where they do.</summary>
public sealed class TranslationTests
{
    private static readonly CompiledPolicy Compiled = PolicyCompiler.Compile(
        new(
            [At("openai", ProviderProtocol.OpenAi), At("anthropic", ProviderProtocol.Anthropic), At("mistral", ProviderProtocol.Mistral)],
            [new("openai", [new("openai", "m")]), new("anthropic", [new("anthropic", "m")]), new("mistral", [new("mistral", "m")])], [],
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
    public void What_a_protocol_has_no_place_for_is_lost_where_a_request_is_translated(Operation asked, string provider, object features, object lost) =>
        Assert.That(Candidate(provider).Loses(new RequestShape(Operation: asked, Features: (RequestFeatures)features)), Is.EqualTo((RequestFeatures)lost));

    [Test]
    public void Two_that_are_asked_for_together_are_one_more()
    {
        Assert.That((RequestFeatures.Temperature | RequestFeatures.TopP).WithCombinations(), Is.EqualTo(RequestFeatures.Temperature | RequestFeatures.TopP | RequestFeatures.TopPWithTemperature));
        Assert.That((RequestFeatures.Temperature | RequestFeatures.Seed).WithCombinations(), Is.EqualTo(RequestFeatures.Temperature | RequestFeatures.Seed));
    }

    private static CompiledCandidate Candidate(string name) => Compiled.FindName(name)!.Candidates[0];

    private static ProviderDocument At(string name, ProviderProtocol protocol) => new(name, protocol, $"https://{name}.example", "s", "eu");
}
