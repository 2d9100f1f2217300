using System.Net;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Anthropic;

/// <summary>A strict server refuses nonsense; it does not fall over it.</summary>
public sealed class RobustnessTests : AnthropicTest
{
    private const string Rich = """
        {"model":"claude-sonnet-4-5","max_tokens":2000,"cache_control":{"type":"ephemeral"},
         "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],
         "metadata":{"user_id":"u"},"stop_sequences":["stop"],"temperature":1,"thinking":{"type":"disabled"},
         "output_config":{"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false,"properties":{"a":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"string"}}}}},
         "tools":[{"name":"f","strict":true,"input_schema":{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string"}}}},{"type":"web_search_20250305","name":"web_search"}],
         "tool_choice":{"type":"tool","name":"f"},
         "messages":[
          {"role":"user","content":[{"type":"text","text":"hi","citations":[]},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
           {"type":"document","source":{"type":"content","content":[{"type":"text","text":"d"}]}},{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"r"}]}]},
          {"role":"assistant","content":[{"type":"server_tool_use","id":"s1","name":"web_search","input":{}},{"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"document"}]},
           {"type":"text","text":"a"},{"type":"tool_use","id":"t1","name":"f","input":{"a":"b"}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"r"},{"type":"tool_reference","tool_name":"f"}]}]}]}
        """;

    [Test]
    public async Task The_request_is_good_as_it_is() => await SaidAsync(JsonNode.Parse(Rich)!);

    [TestCase(FirstVersion)]
    [TestCase(SecondVersion)]
    public async Task No_single_change_makes_it_fail(string version)
    {
        var body = JsonNode.Parse(Rich)!.AsObject();
        if (version == SecondVersion)
        {
            body.Remove("temperature");
        }

        var odd = new List<string>();
        foreach (var change in Mutations.Of(body).ToList())
        {
            using var response = await SendAsync(JsonNode.Parse(change)!, version);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound))
            {
                odd.Add($"{(int)response.StatusCode}: {change}");
            }
        }

        Assert.That(odd, Is.Empty);
    }
}
