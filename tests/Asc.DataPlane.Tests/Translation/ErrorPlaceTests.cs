using System.Text;
using System.Text.Json.Nodes;
using Asc.DataPlane.Wire;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What is wrong in a long body is told with its place.</summary>
[TestFixture]
internal sealed class ErrorPlaceTests : TranslationFixture
{
    [TestCase(ChatCompletions, "gpt", "'messages':[{'role':'user','content':'hi'},{'role':'user','content':3}]", "messages[1].content")]
    [TestCase(ChatCompletions, "gpt", "'messages':['hi']", "messages[0]")]
    [TestCase(ChatCompletions, "gpt", "'messages':[{'role':'user','content':[{'type':'text','text':'hi'},{'type':'image_url','image_url':{'url':'http://x.example/a.png'}}]}]", "messages[0].content[1].image_url.url")]
    [TestCase(ChatCompletions, "gpt", "'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':{'name':'f'}},{'type':'web_search'}]", "tools[1].type")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':'hi'},{'role':'judge','content':'hi'}]", "messages[1].role")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':'hi'}],'tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{}}]", "tools[1].function.name")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'','format':'wav'}}]}]", "messages[0].content[0].type")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/tiff;base64,AA=='}}]}]", "messages[0].content[0].image_url.url")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':'hi'}],'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object','properties':{'age':{'type':'integer','minimum':3}}}}}", "response_format.json_schema.schema.properties.age.minimum")]
    [TestCase(ChatCompletions, "claude", "'messages':[{'role':'user','content':'hi'}],'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object','additionalProperties':true}}}", "response_format.json_schema.schema")]
    [TestCase("/v1/responses", "claude", "'input':'hi','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','properties':{'a':{'$ref':'#'}}}}}", "text.format.schema")]
    [TestCase("/v1/responses", "gpt", "'input':[{'role':'user','content':'hi'},{'type':'item_reference','id':'x'}]", "input[1].type")]
    [TestCase("/v1/responses", "claude", "'input':[{'role':'user','content':'hi'},{'role':'judge','content':'hi'}]", "input[1].role")]
    [TestCase("/v1/responses", "claude", "'input':[]", "input")]
    [TestCase("/v1/responses", "claude", "'input':[{'role':'user','content':'hi'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':[{'type':'input_text'}]}]", "input[2].output[0].text")]
    [TestCase("/v1/responses", "claude", "'input':'hi','tools':[{'type':'function','name':'f'},{'type':'function','name':'g','strict':true,'parameters':{'type':'object','properties':{'a':{'type':'array','maxItems':3}}}}]", "tools[1].parameters.properties.a.maxItems")]
    public async Task An_error_says_in_which_element_of_which_list(string path, string model, string fields, string place)
    {
        using var response = await SendAsync(path, $"{{\"model\":\"{model}\",{fields.Replace('\'', '"')}}}");
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.That(((int)response.StatusCode, error["param"]!.GetValue<string>()), Is.EqualTo((400, place)), error.ToJsonString());
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(place).Or.EqualTo("The conversation is empty: say something in it."));
    }

    [TestCase("'messages':[{'role':'user','content':[{'type':'text','text':'hi'},{'type':'search_result','source':'x','title':'t','content':[]}]}]", "messages[0].content[1].type")]
    [TestCase("'messages':[{'role':'user','content':'hi'}],'tools':[{'name':'f','input_schema':{'type':'object'}},{'type':'bash_20250124','name':'bash'}]", "tools[1].type")]
    [TestCase("'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'tool_use','id':'c','input':{}}]},{'role':'user','content':'hi'}]", "messages[1].content[0].name")]
    [TestCase("'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'tool_result','tool_use_id':'c','content':'1'},{'type':'tool_use','id':'c','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'1'}]}]", "messages[1]")]
    [TestCase("'messages':[{'role':'user','content':'hi'},{'role':'system','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'1'}]}]", "messages[1]")]
    [TestCase("'messages':[{'role':'user','content':[{'type':'text','text':'hi','text':'ho'}]}]", "messages[0].content[0]")]
    [TestCase("'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':[{'type':'text','text':'hi'},{'type':'text'}]}]}]", "messages[2].content[0].content[1].text")]
    [TestCase("'messages':[{'role':'user','content':'hi'}],'system':[{'type':'text','text':'hi'},{'type':'text'}]", "system[1].text")]
    public async Task Of_messages_too_which_have_no_field_for_it(string fields, string place)
    {
        using var response = await SendAsync(Messages, $"{{\"model\":\"gpt\",\"max_tokens\":64,{fields.Replace('\'', '"')}}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(place));
    }

    [TestCase("@", "")]
    [TestCase("{'a':@1}", "a")]
    [TestCase("{'a':{'b':1,'c':@[]}}", "a.c")]
    [TestCase("{'a':[[1],[2,@3]]}", "a[1][1]")]
    [TestCase("{'a':[{'b':1},{'b':2},@{}]}", "a[2]")]
    [TestCase("{'a':[{'b':[]},{'c':1,@'d':2}]}", "a[1]")]
    [TestCase("{'my name is Ana':[@1]}", "…[0]")]
    [TestCase("{'a':[{'b':1}@],'c':1}", "a")]
    public void A_path_leads_to_where_a_value_begins(string body, string path)
    {
        var text = body.Replace('\'', '"');
        var position = Encoding.UTF8.GetByteCount(text[..text.IndexOf('@', StringComparison.Ordinal)]);
        Assert.That(BodyPath.Of(Encoding.UTF8.GetBytes(text.Replace("@", text == "@" ? "{}" : "", StringComparison.Ordinal)), position), Is.EqualTo(path));
    }
}
