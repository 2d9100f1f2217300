using System.Net;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.OpenAi;

/// <summary>A strict server refuses nonsense; it does not fall over it.</summary>
public sealed class ChatRobustnessTests : SimulatorTest
{
    private const string Rich = """
        {"model":"gpt-5-mini","temperature":1,"max_completion_tokens":50,"stop":["x"],"n":1,"reasoning_effort":"low","stream_options":null,
         "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{"type":"string"}}}}},
         "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}},{"type":"custom","custom":{"name":"c"}}],
         "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}},
         "messages":[{"role":"developer","content":"s"},
          {"role":"user","name":"u","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"u"}}]},
          {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","content":"r","tool_call_id":"c1"},
          {"role":"user","content":"and"}]}
        """;

    [Test]
    public async Task No_single_change_makes_it_fail()
    {
        var odd = new List<string>();
        foreach (var change in Mutations.Of(JsonNode.Parse(Rich)!).Prepend(Rich).ToList())
        {
            using var response = await PostAsync(change);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound))
            {
                odd.Add($"{(int)response.StatusCode}: {change}");
            }
        }

        Assert.That(odd, Is.Empty);
    }

    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d\"}]}")]
    [TestCase("{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"\\ude00\":1}")]
    public async Task Half_a_surrogate_pair_is_not_JSON(string body)
    {
        using var response = await PostAsync(body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
