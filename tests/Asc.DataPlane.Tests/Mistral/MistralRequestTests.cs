using System.Text;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Mistral;

/// <summary>What ASC reads of a Mistral request: what makes the provider act, keep or fetch, and what not everybody can do.</summary>
public sealed class MistralRequestTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [TestCase("\"guardrails\":[{\"block_on_error\":true}]", "guardrails")]
    [TestCase("\"guardrails\":{}", "guardrails")]
    [TestCase("\"service_tier\":\"priority\"", "service_tier")]
    [TestCase("\"agent_id\":\"ag:1\"", "agent_id")]
    [TestCase("\"agent_version\":2", "agent_version")]
    [TestCase("\"handoff_execution\":\"server\"", "handoff_execution")]
    [TestCase("\"conversation_id\":\"conv_1\"", "conversation_id")]
    [TestCase("\"store\":true", "store")]
    [TestCase("\"connectors\":[]", "connectors")]
    [TestCase("\"mcp_servers\":[]", "mcp_servers")]
    [TestCase("\"library_ids\":[\"l\"]", "library_ids")]
    [TestCase("\"document_ids\":[\"d\"]", "document_ids")]
    [TestCase("\"file_ids\":[\"f\"]", "file_ids")]
    [TestCase("\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"web_search_premium\"}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"function\"},{\"type\":\"code_interpreter\"}]", "tools[1].type")]
    [TestCase("\"tools\":[{\"type\":\"image_generation\"}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"document_library\",\"library_ids\":[\"l\"]}]", "tools[0].type")]
    [TestCase("\"tools\":[{\"type\":\"connector\",\"connector_id\":\"c\"}]", "tools[0].type")]
    public void What_makes_the_provider_act_keep_or_fetch_is_refused(string field, string parameter) => AssertUnsupported($"{{\"model\":\"m\",{Messages},{field}}}", parameter);

    [TestCase("{\"type\":\"image_url\",\"image_url\":\"https://x.example/a.png\"}", "messages[0].content[0].image_url")]
    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/a.png\"}}", "messages[0].content[0].image_url.url")]
    [TestCase("{\"type\":\"document_url\",\"document_url\":\"https://x.example/a.pdf\"}", "messages[0].content[0].document_url")]
    [TestCase("{\"type\":\"document_url\",\"document_url\":\"\\u0068ttps://x.example/a.pdf\"}", "messages[0].content[0].document_url")]
    [TestCase("{\"type\":\"document_url\",\"document_url\":{}}", "messages[0].content[0].document_url")]
    [TestCase("{\"type\":\"file\",\"file_id\":\"f\"}", "messages[0].content[0].file_id")]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":\"https://x.example/a.mp3\"}", "messages[0].content[0].input_audio")]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":\"https\\u003a//x.example/a.mp3\"}", "messages[0].content[0].input_audio")]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"https://x.example/a.mp3\"}}", "messages[0].content[0].input_audio")]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":[]}", "messages[0].content[0].input_audio")]
    public void Content_that_the_provider_keeps_or_fetches_is_refused(string part, string parameter) =>
        AssertUnsupported($"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":[{part}]}}]}}", parameter);

    [TestCase("\"guardrails\":[]", RequestFeatures.None)]
    [TestCase("\"guardrails\":null", RequestFeatures.None)]
    [TestCase("\"service_tier\":\"auto\"", RequestFeatures.None)]
    [TestCase("\"service_tier\":\"standard_only\"", RequestFeatures.None)]
    [TestCase("\"agent_id\":null", RequestFeatures.None)]
    [TestCase("\"safe_prompt\":false", RequestFeatures.None)]
    [TestCase("\"safe_prompt\":true", RequestFeatures.OtherFields)]
    [TestCase("\"metadata\":{\"a\":1}", RequestFeatures.Metadata)]
    [TestCase("\"prompt_cache_key\":\"k\"", RequestFeatures.PromptCacheKey)]
    [TestCase("\"parallel_tool_calls\":false", RequestFeatures.None)]
    [TestCase("\"tools\":[{\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", RequestFeatures.None)]
    [TestCase("\"tool_choice\":\"any\"", RequestFeatures.ForcedTools)]
    [TestCase("\"tool_choice\":\"auto\"", RequestFeatures.None)]
    [TestCase("\"random_seed\":7", RequestFeatures.Seed)]
    [TestCase("\"random_seed\":null", RequestFeatures.None)]
    [TestCase("\"temperature\":1.2", RequestFeatures.Temperature | RequestFeatures.HighTemperature)]
    [TestCase("\"presence_penalty\":0.5", RequestFeatures.Penalties)]
    [TestCase("\"prompt_mode\":\"reasoning\"", RequestFeatures.Reasoning)]
    [TestCase("\"reasoning_effort\":\"high\"", RequestFeatures.Reasoning)]
    [TestCase("\"prediction\":{\"type\":\"content\",\"content\":\"x\"}", RequestFeatures.Prediction)]
    [TestCase("\"n\":2", RequestFeatures.Choices)]
    [TestCase("\"stream_options\":{\"include_usage\":true}", RequestFeatures.OtherFields)]
    [TestCase("\"max_completion_tokens\":9", RequestFeatures.OtherFields)]
    [TestCase("\"something_new\":{}", RequestFeatures.OtherFields)]
    public void What_asks_for_nothing_of_the_kind_passes(string field, object features)
    {
        var request = Read($"{{\"model\":\"m\",{Messages},{field}}}");
        Assert.That((request.Shape.Operation, request.Shape.Features), Is.EqualTo((Operation.MistralChat, (RequestFeatures)features)));
    }

    [TestCase("{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,AA==\"}", RequestFeatures.None)]
    [TestCase("{\"type\":\"document_url\",\"document_url\":\"data:application/pdf;base64,AA==\"}", RequestFeatures.None)]
    [TestCase("{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}", RequestFeatures.None)]
    [TestCase("{\"type\":\"reference\",\"reference_ids\":[1]}", RequestFeatures.ProviderContent | RequestFeatures.OtherMembers)]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":\"AAAA\"}", RequestFeatures.AudioInput)]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":\"data:audio/mp3;base64,AAAA\"}", RequestFeatures.AudioInput)]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"wav\"}}", RequestFeatures.AudioInput)]
    public void Content_that_comes_with_the_request_passes(string part, object features) =>
        Assert.That(Read($"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":[{part}]}}]}}").Shape.Features, Is.EqualTo((RequestFeatures)features));

    [Test]
    public void A_request_that_passes_allocates_nothing()
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{Messages},\"stream\":true,\"random_seed\":1,\"tools\":[{{\"type\":\"function\"}}]}}");
        ChatRequestReader<MistralChatFields>.Read(body, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ChatRequestReader<MistralChatFields>.Read(body, out _);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("{\"object\":\"error\",\"message\":\"no such thing\",\"code\":\"1\"}", "no such thing")]
    [TestCase("{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"tools\",0],\"msg\":\"bad\",\"input\":\"secret\"},{\"msg\":\"worse\"}]}}", "body.tools.0: bad; worse")]
    [TestCase("{\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"bad\"}]}", "body.n: bad")]
    [TestCase("{\"detail\":\"Unauthorized\"}", "Unauthorized")]
    [TestCase("{\"detail\":[]}", null)]
    [TestCase("[1]", null)]
    [TestCase("<html>", null)]
    public void A_providers_words_are_found_in_each_of_its_shapes(string body, string? message) =>
        Assert.That(new MistralProvider().Complaint(Encoding.UTF8.GetBytes(body)).Message, Is.EqualTo(message));

    [TestCase("{\"object\":\"error\",\"message\":\"x\"}", true)]
    [TestCase("{\"object\":\"chat.completion.chunk\",\"choices\":[]}", false)]
    public void An_error_without_a_wrapper_is_one(string data, bool isError)
    {
        var bytes = Encoding.UTF8.GetBytes(data);
        Assert.That((new MistralProvider().ReadEvent(bytes).IsError, new MistralProvider().ReadAnswer(bytes).IsError), Is.EqualTo((isError, isError)));
    }

    [TestCase("\"prompt_tokens\":9,\"completion_tokens\":2,\"num_cached_tokens\":4,\"prompt_tokens_details\":null", 5, 4)]
    [TestCase("\"prompt_tokens\":9,\"completion_tokens\":2,\"num_cached_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":4}", 5, 4)]
    [TestCase("\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":3},\"prompt_audio_seconds\":null", 6, 3)]
    public void What_was_cached_is_told_in_either_place(string usage, long input, long cached)
    {
        var read = new MistralProvider().ReadAnswer(Encoding.UTF8.GetBytes($"{{\"usage\":{{{usage}}}}}")).Usage!.Value;
        Assert.That((read.Input, read.CachedRead, read.Output), Is.EqualTo((input, cached, 2L)));
    }

    private static ModelRequest Read(string body)
    {
        Assert.That(ChatRequestReader<MistralChatFields>.Read(Encoding.UTF8.GetBytes(body), out var request), Is.Null);
        return request;
    }

    private static void AssertUnsupported(string body, string parameter)
    {
        var error = ChatRequestReader<MistralChatFields>.Read(Encoding.UTF8.GetBytes(body), out _);
        Assert.That((error?.Code, error?.Parameter), Is.EqualTo((ErrorCode.UnsupportedFeature, parameter)));
    }
}
