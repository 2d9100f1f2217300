using System.Text;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>Whatever a client sends is read or refused with a 400 in its own dialect; what is read can be forwarded, and translated or refused.</summary>
[TestFixture]
internal sealed class RequestFuzzTests
{
    private static readonly ProviderDialect[] Providers = [new OpenAiProvider(new UsageInjection()), new ResponsesProvider(), new AnthropicProvider(), new MistralProvider()];
    private static readonly ReadOnlyMemory<byte> ModelJson = "\"upstream\""u8.ToArray();
    private static readonly CompiledModelTraits[] Traits =
    [
        TraitsOf(new("m", [])), TraitsOf(new("m", []) { MaxOutputTokens = 1500, Reasoning = new(ReasoningEffort.Low | ReasoningEffort.High, ByBudget: true) }),
        TraitsOf(new("m", []) { Reasoning = new(ReasoningEffort.None | ReasoningEffort.Medium) }),
    ];

    [Test]
    public void The_corpus_is_valid() => Assert.Multiple(static () =>
    {
        foreach (var (endpoint, bodies) in new[] { (ApiEndpoint.ChatCompletions, Corpus.Chat[..^1]), (ApiEndpoint.Messages, Corpus.Messages[..^1]), (ApiEndpoint.Embeddings, Corpus.Embeddings), (ApiEndpoint.Responses, Corpus.Responses), (ApiEndpoint.MistralChat, Corpus.MistralChat) })
        {
            Array.ForEach(bodies, body => Assert.That(endpoint.Read(body.ToBytes(), out _)?.Message, Is.Null));
        }
    });

    [Test]
    public Task Any_chat_completion() => FuzzRun.OfAsync(10_000, static random => FuzzInputs.Json(random.Next(9) == 0 ? Corpus.Messages : Corpus.Chat, random), static (body, random) => Ask(ApiEndpoint.ChatCompletions, body, random));

    [Test]
    public Task Any_message() => FuzzRun.OfAsync(10_000, static random => FuzzInputs.Json(random.Next(9) == 0 ? Corpus.Chat : Corpus.Messages, random), static (body, random) => Ask(ApiEndpoint.Messages, body, random));

    [Test]
    public Task Any_response() => FuzzRun.OfAsync(8000, static random => FuzzInputs.Json(random.Next(9) == 0 ? Corpus.Chat : Corpus.Responses, random), static (body, random) => Ask(ApiEndpoint.Responses, body, random));

    [Test]
    public Task Any_chat_of_Mistrals() => FuzzRun.OfAsync(6000, static random => FuzzInputs.Json(random.Next(3) == 0 ? Corpus.MistralChat : Corpus.Chat, random), static (body, random) => Ask(ApiEndpoint.MistralChat, body, random));

    [Test]
    public Task Any_embeddings() => FuzzRun.OfAsync(2000, static random => FuzzInputs.Json(random.Next(9) == 0 ? Corpus.Chat : Corpus.Embeddings, random), static (body, random) => Ask(ApiEndpoint.Embeddings, body, random));

    private static void Ask(ApiEndpoint endpoint, byte[] body, Random random)
    {
        if (endpoint.Read(body, out var request) is { } error)
        {
            AssertRefuses(endpoint, error);
            return;
        }

        Assert.That(request.Model.Of(body)[0], Is.EqualTo((byte)'"'));
        var shape = request.Shape;
        Assert.That(Math.Min(shape.PromptTokens, shape.MaxOutputTokens), Is.GreaterThanOrEqualTo(0));
        AssertForwards(endpoint, body, request);
        foreach (var provider in endpoint.ReadConversation is null ? [] : Providers)
        {
            var features = shape.Features & ~(RequestFeatures)(random.Next(2) * random.NextInt64());
            var target = new TranslationTarget(ModelJson, Traits[random.Next(Traits.Length)], features, request.MaxOutput.Asked ?? (random.Next(2) == 0 ? null : 100), request.Stream);
            var written = new PooledBody();
            try
            {
                CallTranslation.WriteRequest(body, endpoint.ReadConversation!, provider, target, written);
                WellFormed.Json(written.Memory);
            }
            catch (UntranslatableException exception)
            {
                AssertRefuses(endpoint, exception.Error);
                // Which is what the writers' own faults would look like.
                Assert.That(exception.Error == BodyReader.NotText() && WellFormed.IsText(body), Is.False, "nothing in it is not text");
            }

            written.Clear();
        }
    }

    private static void AssertForwards(ApiEndpoint endpoint, byte[] body, in ModelRequest request)
    {
        AssertForwarded(endpoint, body, request);
        foreach (var blanking in BlankingsOf(endpoint, request))
        {
            var blanked = Blanked(body, blanking);
            AssertForwarded(endpoint, blanked, request);
            Assert.That(Blanked(blanked, blanking), Is.EqualTo(blanked), "nothing of it is left");
        }
    }

    private static BlankedBody.Blanking[] BlankingsOf(ApiEndpoint endpoint, in ModelRequest request) =>
        request.HasSignedReasoning ? [SignedReasoning.Blank]
        : endpoint == ApiEndpoint.Messages ? [ThinkingBlocks.Blank]
        : endpoint == ApiEndpoint.Responses ? [ReasoningItems.BlankAll, ReasoningItems.BlankBare]
        : [];

    private static byte[] Blanked(byte[] body, BlankedBody.Blanking blanking)
    {
        var copy = body.ToArray();
        blanking(body, copy);
        return copy;
    }

    private static void AssertForwarded(ApiEndpoint endpoint, byte[] body, in ModelRequest request)
    {
        var pieces = endpoint == ApiEndpoint.ChatCompletions
            ? ForwardedChatBody.Of(body, request, ModelJson, request.Stream && !request.AsksForUsage, Bound("max_completion_tokens", body, request))
            : endpoint == ApiEndpoint.MistralChat ? ForwardedChatBody.Of(body, request, ModelJson, injectUsage: false, Bound("max_tokens", body, request))
            : endpoint == ApiEndpoint.Responses ? BodyEdits.Apply(body, BodyEdit.At(request.Model, ModelJson), SealedReasoning.AskedFor(body, request))
            : ForwardedBody.Of(body, request, ModelJson);
        var written = new MemoryStream();
        foreach (var piece in pieces)
        {
            written.Write(piece.Span);
        }

        var forwarded = written.ToArray();
        if (endpoint.Read(forwarded, out var again) is { } error)
        {
            Assert.That(error.Message, Does.Contain("more than 128 properties"), "what is forwarded is as well formed as what came, be it a few properties more");
            return;
        }

        Assert.That(Encoding.UTF8.GetString(again.Model.Of(forwarded)), Is.EqualTo("\"upstream\""));
        Assert.That(again.AsksForUsage || endpoint != ApiEndpoint.ChatCompletions || !request.Stream, Is.True, "usage is asked for");
        Assert.That(endpoint != ApiEndpoint.Responses || again.Include.Of(forwarded).IndexOf("\"reasoning.encrypted_content\""u8) > 0, Is.True, "reasoning is asked for");
    }

    private static BodyEdit Bound(string name, byte[] body, in ModelRequest request)
    {
        var bound = new OutputBound(name);
        return request.MaxOutput.Asked is null ? bound.EditOf(request, bound.Member(100)) : BodyEdit.None(body);
    }

    private static void AssertRefuses(ApiEndpoint endpoint, GatewayError error)
    {
        Assert.That(error.Status, Is.EqualTo(400), error.Message);
        WellFormed.Json(endpoint.Dialect.ErrorBody(error, "r"));
    }

    private static CompiledModelTraits TraitsOf(ModelDocument model) => PolicyCompiler.Compile(
        new([new("p", ProviderProtocol.OpenAi, "https://p.example", "s", "eu")], [model with { Deployments = [new("p", "m")] }], [], [new("acme", ["m"], AllowedRegions: ["eu"], Id: "t")]), 1).FindName("m")!.Candidates[0].Model.Traits!;
}
