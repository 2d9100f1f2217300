using System.Diagnostics;
using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Tests.Wire;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Embeddings;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>Whatever a provider answers, its reader says that it can't be read, or the client of any dialect is given a well-formed answer; and counts are counts.</summary>
[TestFixture]
internal sealed class AnswerFuzzTests
{
    private const int EventMaximum = 64 * 1024;
    private static readonly ProviderDialect OpenAi = new OpenAiProvider(new UsageInjection());
    private static readonly ProviderDialect Responses = new ResponsesProvider();
    private static readonly ProviderDialect Anthropic = new AnthropicProvider();
    private static readonly ProviderDialect Mistral = new MistralProvider();
    private static readonly ApiEndpoint[] Clients = [ApiEndpoint.ChatCompletions, ApiEndpoint.Responses, ApiEndpoint.Messages, ApiEndpoint.MistralChat];

    [Test]
    public Task Any_stream_of_OpenAIs() => FuzzRun.OfAsync(
        8000, static random => FuzzInputs.Stream(Corpus.ChatStreams, Corpus.MessageStreams, isNamed: random.Next(20) == 0, random), static (stream, random) => Stream(OpenAi, stream, random));

    [Test]
    public Task Any_stream_of_Anthropics() => FuzzRun.OfAsync(
        8000, static random => FuzzInputs.Stream(Corpus.MessageStreams, Corpus.ChatStreams, isNamed: random.Next(20) != 0, random), static (stream, random) => Stream(Anthropic, stream, random));

    [Test]
    public Task Any_stream_of_a_response() => FuzzRun.OfAsync(
        8000, static random => FuzzInputs.Stream(Corpus.ResponseStreams, Corpus.ChatStreams, isNamed: random.Next(20) != 0, random), static (stream, random) => Stream(Responses, stream, random));

    [Test]
    public Task Any_response() => FuzzRun.OfAsync(4000, static random => FuzzInputs.Json(random.Next(20) == 0 ? Corpus.ChatAnswers : Corpus.ResponseAnswers, random), static (answer, _) => Whole(Responses, answer));

    [Test]
    public Task Any_answer_of_OpenAIs() => FuzzRun.OfAsync(4000, static random => FuzzInputs.Json(random.Next(20) == 0 ? Corpus.MessageAnswers : Corpus.ChatAnswers, random), static (answer, _) => Whole(OpenAi, answer));

    [Test]
    public Task Any_answer_of_Anthropics() => FuzzRun.OfAsync(4000, static random => FuzzInputs.Json(random.Next(20) == 0 ? Corpus.ChatAnswers : Corpus.MessageAnswers, random), static (answer, _) => Whole(Anthropic, answer));

    // Which resembles OpenAI's.
    [Test]
    public Task Any_stream_of_Mistrals() => FuzzRun.OfAsync(
        4000, static random => FuzzInputs.Stream(Corpus.ChatStreams, Corpus.MessageStreams, isNamed: random.Next(20) == 0, random), static (stream, random) => Stream(Mistral, stream, random));

    [Test]
    public Task Any_vectors() => FuzzRun.OfAsync(4000, static random => FuzzInputs.Json(Corpus.Vectors, random), static (answer, random) =>
    {
        var asBase64 = random.Next(2) == 0;
        foreach (var client in new[] { EmbeddingsWords.OpenAi, EmbeddingsWords.Mistral })
        {
            var translation = new EmbeddingsTranslation(client, Identity(tellsUsage: true), asBase64);
            try
            {
                _ = Vectors.AreNumbers(answer);
                translation.PassWhole(answer, new(3, 0, 0, 0, 0, Estimated: false));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // As whoever calls it catches them.
                continue;
            }

            WellFormed.Json(translation.Answer.Memory);
            translation.Clear();
        }
    });

    private static void Whole(ProviderDialect provider, byte[] answer)
    {
        _ = provider.Complaint(answer);
        foreach (var client in Clients)
        {
            var translation = new CallTranslation(provider.NewAnswerReader(new("Hel"u8.ToArray(), IsHeard: client == ApiEndpoint.MistralChat)), client.NewAnswerWriter!(Identity(tellsUsage: true), false));
            try
            {
                var read = provider.ReadAnswer(answer);
                AssertTrue(read.Usage ?? UsageMeter.EstimateOf(1, answer));
                translation.PassWhole(answer, read.Usage ?? default);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or AnswerFailedException)
            {
                // As whoever calls it catches them.
                continue;
            }

            WellFormed.Json(translation.Answer.Memory);
            translation.Clear();
        }
    }

    // As StreamRelay does it, which needs a client.
    private static void Stream(ProviderDialect provider, byte[] stream, Random random)
    {
        var (readSize, tellsUsage) = (1 + random.Next(200), random.Next(2) == 0);
        var begun = random.Next(2) == 0 ? "Hel"u8.ToArray() : [];
        foreach (var client in Clients)
        {
            var output = new PooledBody();
            var translation = new CallTranslation(provider.NewAnswerReader(new(begun, IsHeard: client == ApiEndpoint.MistralChat)), client.NewAnswerWriter!(Identity(tellsUsage), true));
            var meter = new UsageMeter();
            var isWhole = Relay(provider, new PiecewiseStream(stream, [readSize, 4000]), translation, meter, output);
            var usage = meter.Settle(10);
            AssertTrue(usage);
            if (isWhole)
            {
                translation.EndStream(usage, output);
            }
            else
            {
                var error = client.Dialect.ErrorEvent(new(ErrorCode.ProviderError, "p failed"), new(Identity(tellsUsage), null, translation.Events));
                error.Span.CopyTo(output.GetSpan(error.Length));
                output.Advance(error.Length);
            }

            var text = WellFormed.Text(output.Span);
            (client == ApiEndpoint.Messages ? (Action<string, bool>)WellFormed.MessageStream : client == ApiEndpoint.Responses ? WellFormed.ResponseStream : WellFormed.ChatStream)(text, isWhole);
            output.Clear();
        }
    }

    private static bool Relay(ProviderDialect provider, PiecewiseStream source, CallTranslation translation, UsageMeter meter, PooledBody output)
    {
        using var events = new SseReader(source, EventMaximum);
        var (finished, done) = (false, false);
        try
        {
            for (var goesOn = true; goesOn && !done;)
            {
                var read = events.ReadAsync();
                goesOn = events.Add(read.IsCompletedSuccessfully ? read.Result : throw new UnreachableException());
                while (events.NextEvent() is { IsEmpty: false } next)
                {
                    var data = SseEvent.DataOf(next.Span);
                    if (data.IsEmpty)
                    {
                        continue;
                    }

                    var said = translation.PassEvent(data, output);
                    if (said.IsError)
                    {
                        return false;
                    }

                    meter.CountGenerated(said.Generated.Of(data), said.GeneratedBytes);
                    meter.Report(said);
                    (finished, done) = (finished || said.Finished, done || said.IsEnd);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            return false;
        }

        return done || finished || provider.IsEnd(SseEvent.DataOf(events.Rest.Span));
    }

    private static AnswerIdentity Identity(bool tellsUsage) => new("0193a1", "asked \"é\"", DateTimeOffset.UnixEpoch, 3, tellsUsage);

    // What reaches the books.
    private static void AssertTrue(TokenUsage usage) => Assert.That(
        usage is { Input: >= 0 and <= 2_000_000_000, CachedRead: >= 0 and <= 1_000_000_000, CacheWrite: >= 0 and <= 1_000_000_000, Output: >= 0 and <= 1_000_000_000, Reasoning: >= 0 } && usage.Reasoning <= usage.Output, Is.True, usage.ToString());
}
