using System.Text;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;

namespace Asc.DataPlane.Tests.Wire;

public sealed class ChatRequestReaderTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Test]
    public void Finds_the_model_and_the_flags_wherever_they_stand()
    {
        var body = Encoding.UTF8.GetBytes($"{{ \"stream\" : true ,{Messages}, \"stream_options\" : {{\"include_usage\": true}}, \"model\" :  \"gpt-5-mini\" }} ");

        Assert.That(OpenAiChatRequestReader.Read(body, out var request), Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(request.Model.Of(body)), Is.EqualTo("\"gpt-5-mini\""));
            Assert.That(request.Stream, Is.True);
            Assert.That(request.AsksForUsage, Is.True);
            Assert.That(body[request.End], Is.EqualTo((byte)'}'));
        });
    }

    [TestCase("{}", "\"model\" is missing")]
    [TestCase("[]", "must be a JSON object")]
    [TestCase("", "is empty")]
    [TestCase("{\"model\":\"m\"", "not JSON")]
    [TestCase("{\"model\":\"m\"}", "\"messages\" is missing")]
    [TestCase("{\"model\":null," + Messages + "}", "\"model\" must be a string")]
    [TestCase("{\"model\":\"m\"," + Messages + "} {}", "not JSON")]
    [TestCase("{\"model\":\"m\",\"messages\":{}}", "must be an array")]
    [TestCase("{\"model\":\"m\",\"messages\":[1]}", "must hold objects")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream\":\"yes\"}", "true or false")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream_options\":7}", "must hold objects")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"temperature\":NaN}", "is not JSON")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"max_tokens\":\"9\"}", "max_tokens")]
    [TestCase("{\"model\":\"m\",\"model\":\"n\"," + Messages + "}", "stands twice")]
    [TestCase("{\"model\":\"m\",\"mod\\u0065l\":\"n\"," + Messages + "}", "with escapes")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"x\":1,\"x\":2}", "stands twice")]
    [TestCase("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}", "stands twice")]
    [TestCase("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"type\":\"file\"}]}]}", "stands twice")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}", "stands twice")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"tools\":[{\"type\":\"function\",\"type\":\"mcp\"}]}", "stands twice")]
    public void A_body_that_is_not_a_request_is_refused_with_what_is_wrong(string body, string message)
    {
        var error = OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes(body), out _);

        Assert.That(error?.Code, Is.EqualTo(ErrorCode.InvalidRequest));
        Assert.That(error!.Message, Does.Contain(message));
    }

    [TestCase("\"store\":true")]
    [TestCase("\"store\":1")]
    [TestCase("\"service_tier\":\"priority\"")]
    [TestCase("\"service_tier\":{}")]
    [TestCase("\"background\":true")]
    [TestCase("\"web_search_options\":{}")]
    [TestCase("\"previous_response_id\":\"resp_1\"")]
    [TestCase("\"conversation\":\"c\"")]
    [TestCase("\"prompt\":{\"id\":\"p\"}")]
    [TestCase("\"prompt_cache_retention\":\"24h\"")]
    [TestCase("\"prompt_cache_options\":{\"ttl\":\"12h\"}")]
    [TestCase("\"mcp_servers\":[]")]
    [TestCase("\"kv_transfer_params\":{\"remote_host\":\"10.0.0.1\"}")]
    [TestCase("\"tools\":[{\"type\":\"web_search\"}]")]
    [TestCase("\"tools\":[{\"type\":\"function\"},{\"type\":\"mcp\"}]")]
    public void What_makes_the_provider_act_keep_or_fetch_is_refused(string field) =>
        AssertUnsupported($"{{\"model\":\"m\",{Messages},{field}}}");

    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}")]
    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}")]
    [TestCase("{\"type\":\"image_url\",\"image_url\":\"https://example.com/a.png\"}")]
    [TestCase("{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}")]
    [TestCase("{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://example.com/a.mp4\"}}")]
    [TestCase("{\"type\":\"video_url\",\"video_url\":\"https://example.com/a.mp4\"}")]
    [TestCase("{\"type\":\"audio_url\",\"audio_url\":{\"url\":\"/etc/passwd\"}}")]
    [TestCase("{\"type\":\"audio_url\",\"audio_url\":{\"url\":\"data:audio/wav;base64,AA==\",\"fallback\":\"https\\u003a//example.com\"}}")]
    [TestCase("{\"type\":\"video\",\"video\":[\"https://example.com/a.png\"]}")]
    [TestCase("{\"type\":\"image\",\"image\":\"https://example.com/a.png\"}")]
    [TestCase("{\"type\":\"text\",\"text\":\"x\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\",\"ttl\":\"12h\"}}")]
    public void Content_that_the_provider_keeps_or_fetches_is_refused(string part) =>
        AssertUnsupported($"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":[{part}]}}]}}");

    [Test]
    public void Audio_that_the_provider_keeps_is_refused() =>
        AssertUnsupported("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"audio\":{\"id\":\"a\"}}]}");

    [TestCase("\"store\":false")]
    [TestCase("\"store\":null")]
    [TestCase("\"service_tier\":\"auto\"")]
    [TestCase("\"service_tier\":\"default\"")]
    [TestCase("\"web_search_options\":null")]
    [TestCase("\"prompt_cache_key\":\"k\"")]
    [TestCase("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"custom\"}]")]
    [TestCase("\"tools\":null")]
    [TestCase("\"something_new\":{\"a\":1,\"a\":2}")]
    [TestCase("\"stream_options\":null")]
    public void What_asks_for_nothing_beside_an_answer_passes(string field) =>
        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{Messages},{field}}}"), out _), Is.Null);

    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\",\"detail\":\"low\"}}")]
    [TestCase("{\"type\":\"image_url\",\"image_url\":{\"url\":\"\\u0064ata:image/png;base64,AA==\"}}")]
    [TestCase("{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AA==\",\"filename\":\"a.pdf\"}}")]
    [TestCase("{\"type\":\"text\",\"text\":\"hi\",\"image_url\":null,\"file\":null,\"input_audio\":null}")]
    [TestCase("{\"type\":\"text\",\"text\":\"see https://example.com\",\"video_url\":null,\"prompt_cache_breakpoint\":{\"mode\":\"explicit\",\"ttl\":null}}")]
    [TestCase("{\"type\":\"video_url\",\"video_url\":{\"url\":\"data:video/mp4;base64,AA==\",\"fps\":2}}")]
    [TestCase("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}")]
    public void Content_that_comes_with_the_request_passes(string part) =>
        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":[{part}]}}]}}"), out _), Is.Null);

    [Test]
    public void Nesting_without_end_is_refused_and_not_followed()
    {
        var body = $"{{\"model\":\"m\",{Messages},\"x\":{new string('[', 100_000)}";

        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes(body), out _)?.Code, Is.EqualTo(ErrorCode.InvalidRequest));
    }

    [Test]
    public void An_object_with_more_properties_than_any_protocol_has_is_refused_at_once()
    {
        var body = $"{{\"model\":\"m\",{Messages},{string.Join(',', Enumerable.Range(0, 500_000).Select(i => $"\"k{i}\":1"))}}}";

        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes(body), out _)?.Message, Does.Contain("more than 128 properties"));
    }

    [TestCase("\"service_tier\":\"\\ud800\"")]
    [TestCase("\"tools\":[{\"type\":\"\\ud800\"}]")]
    [TestCase("\"messages\":[{\"content\":[{\"image_url\":\"\\ud800\"}]}]")]
    public void A_string_that_is_no_text_is_an_invalid_request(string field) =>
        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{field}}}"), out _)?.Code, Is.EqualTo(ErrorCode.InvalidRequest).Or.EqualTo(ErrorCode.UnsupportedFeature));

    [TestCase("\"content\":{\"type\":\"image_url\"}")]
    [TestCase("\"content\":7")]
    public void Content_in_a_shape_that_ASC_does_not_read_is_refused(string content) =>
        Assert.That(OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"model\":\"m\",\"messages\":[{{{content}}}]}}"), out _)?.Code, Is.EqualTo(ErrorCode.InvalidRequest));

    [Test]
    public void A_request_that_passes_allocates_nothing()
    {
        var body = Encoding.UTF8.GetBytes($"{{\"model\":\"m\",{Messages},\"stream\":true,\"stream_options\":{{\"include_usage\":false}},\"tools\":[{{\"type\":\"function\"}}]}}");
        OpenAiChatRequestReader.Read(body, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        OpenAiChatRequestReader.Read(body, out _);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void AssertUnsupported(string body)
    {
        var error = OpenAiChatRequestReader.Read(Encoding.UTF8.GetBytes(body), out _);

        Assert.That(error?.Code, Is.EqualTo(ErrorCode.UnsupportedFeature));
        Assert.That(error!.Parameter, Is.Not.Null);
    }
}
