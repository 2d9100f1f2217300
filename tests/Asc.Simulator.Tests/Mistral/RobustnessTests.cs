using System.Net;
using System.Text.Json.Nodes;

namespace Asc.Simulator.Tests.Mistral;

/// <summary>A strict server refuses nonsense; it does not fall over it.</summary>
public sealed class RobustnessTests : MistralTest
{
    private const string Rich = """
        {"model":"mistral-medium-latest","temperature":0.5,"top_p":0.9,"max_tokens":50,"stop":["x"],"random_seed":1,"n":1,"prompt_mode":"reasoning","reasoning_effort":"high",
         "metadata":{"a":"b"},"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{"type":"string"}}}}},
         "prediction":{"type":"content","content":"p"},"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}}],
         "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":true,
         "messages":[{"role":"system","content":"s"},
          {"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"u","detail":"low"}},{"type":"document_url","document_url":"d"}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"t"}],"closed":true},{"type":"text","text":"a"}],
           "tool_calls":[{"id":"abcdefgh1","function":{"name":"f","arguments":{"a":1}}}]},
          {"role":"tool","name":"f","content":"r","tool_call_id":"abcdefgh1"},
          {"role":"assistant","content":"done, ","prefix":true}]}
        """;

    [TestCase("chat/completions", Rich)]
    [TestCase("fim/completions", """{"model":"codestral-latest","prompt":"a","suffix":"b","min_tokens":1,"max_tokens":5,"stop":"x","temperature":0}""")]
    [TestCase("embeddings", """{"model":"codestral-embed","input":["a","b"],"output_dimension":8,"output_dtype":"int8","encoding_format":"float"}""")]
    public async Task No_single_change_makes_it_fail(string path, string body)
    {
        using (var unchanged = await SendAsync(body, path))
        {
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.OK), await unchanged.Content.ReadAsStringAsync(Timeout));
        }

        var odd = new List<string>();
        foreach (var change in Mutations.Of(JsonNode.Parse(body)!).ToList())
        {
            using var response = await SendAsync(change, path);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
            {
                odd.Add($"{(int)response.StatusCode}: {change}");
            }
        }

        Assert.That(odd, Is.Empty);
    }
}
