using System.Text;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using CsCheck;

namespace Asc.DataPlane.Tests.Wire;

public sealed class ForwardedChatBodyTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9 \\n\"}]";

    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream\":true}", "{\"model\":\"up\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    [TestCase("{\"stream\":true," + Messages + ", \"model\" : \"m\" }\n", "{\"stream\":true," + Messages + ", \"model\" : \"up\" ,\"stream_options\":{\"include_usage\":true}}\n")]
    [TestCase("{\"stream_options\":null,\"model\":\"m\"," + Messages + ",\"stream\":true}", "{\"stream_options\":{\"include_usage\":true},\"model\":\"up\"," + Messages + ",\"stream\":true}")]
    [TestCase("{\"stream_options\":{},\"model\":\"m\"," + Messages + ",\"stream\":true}", "{\"stream_options\":{\"include_usage\":true},\"model\":\"up\"," + Messages + ",\"stream\":true}")]
    [TestCase("{\"stream_options\":{ \"include_obfuscation\":false},\"model\":\"m\"," + Messages + ",\"stream\":true}", "{\"stream_options\":{\"include_usage\":true, \"include_obfuscation\":false},\"model\":\"up\"," + Messages + ",\"stream\":true}")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\": false }}", "{\"model\":\"up\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\": true }}")]
    public void Usage_is_asked_for_and_all_else_is_the_callers_own_bytes(string body, string forwarded) =>
        Assert.That(Forward(body, "up"), Is.EqualTo(forwarded));

    [TestCase("{\"model\":\"m\"," + Messages + "}", "{\"model\":\"up\"," + Messages + "}")]
    [TestCase("{\"model\":\"m\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", "{\"model\":\"up\"," + Messages + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    public void What_needs_no_usage_keeps_all_but_the_model(string body, string forwarded) =>
        Assert.That(Forward(body, "up"), Is.EqualTo(forwarded));

    [TestCase("max_tokens", "\"max_tokens\":null", "\"max_tokens\":9", TestName = "The older name in the place of its null")]
    [TestCase("max_tokens", "\"max_completion_tokens\":null", "\"max_completion_tokens\":null,\"max_tokens\":9", TestName = "The older name beside the newer one's null")]
    [TestCase("max_completion_tokens", "\"max_completion_tokens\":null", "\"max_completion_tokens\":9", TestName = "The newer name in the place of its null")]
    [TestCase("max_completion_tokens", "\"max_tokens\":null", "\"max_tokens\":null,\"max_completion_tokens\":9", TestName = "The newer name beside the older one's null")]
    public void A_bound_is_said_once(string name, string field, string forwarded) =>
        Assert.That(Forward($"{{\"model\":\"m\",{Messages},{field}}}", "up", new OutputBound(name)), Is.EqualTo($"{{\"model\":\"up\",{Messages},{forwarded}}}"));

    [Test]
    public void Any_order_and_any_spacing_give_the_same_request_with_two_fields_changed()
    {
        var space = Gen.OneOf("", " ", "\n", "\t ");
        var options = Gen.OneOf<string?>(null, "null", "{}", "{ }", "{\"include_usage\":false}", "{\"include_usage\":null}", "{\"include_obfuscation\":true}", "{\"include_usage\":true}");
        Gen.Select(space, options, Gen.Bool, Gen.Shuffle(new[] { 0, 1, 2, 3, 4 })).Sample((gap, streamOptions, stream, order) =>
        {
            string?[] members = ["\"model\":\"m\"", Messages, $"\"stream\":{(stream ? "true" : "false")}", streamOptions is null ? null : $"\"stream_options\":{streamOptions}", "\"temperature\":1.50"];
            var body = "{" + gap + string.Join($"{gap},{gap}", order.Select(i => members[i]).OfType<string>()) + gap + "}";

            var forwarded = JsonNode.Parse(Forward(body, "up"))!.AsObject();
            var expected = JsonNode.Parse(body)!.AsObject();
            expected["model"] = "up";
            if (stream)
            {
                if (expected["stream_options"] is not JsonObject)
                {
                    expected["stream_options"] = new JsonObject();
                }

                expected["stream_options"]!["include_usage"] = true;
            }

            return JsonNode.DeepEquals(forwarded, expected);
        });
    }

    private static string Forward(string body, string upstreamModel, OutputBound? bound = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.That(OpenAiChatRequestReader.Read(bytes, out var request), Is.Null);
        var pieces = ForwardedChatBody.Of(bytes, request, Encoding.UTF8.GetBytes($"\"{upstreamModel}\""), new UsageInjection().IsNeeded(request), bound?.EditOf(request, bound.Member(9)) ?? BodyEdit.None(bytes));
        var forwarded = "";
        foreach (var piece in pieces)
        {
            forwarded += Encoding.UTF8.GetString(piece.Span);
        }

        Assert.That(pieces.Length, Is.EqualTo(Encoding.UTF8.GetByteCount(forwarded)));
        return forwarded;
    }
}
