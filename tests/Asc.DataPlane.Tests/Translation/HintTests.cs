using Asc.Contracts.Policy.V1;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>What a request is served without whatever its tenant says, as it asks for the same without it.</summary>
[TestFixture]
internal sealed class HintTests : TranslationFixture
{
    private const string Picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"}}";

    [TestCase(FeatureGaps.Refuse)]
    [TestCase(FeatureGaps.Drop)]
    public async Task It_is_named_and_never_refused(FeatureGaps gaps)
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = gaps);
        Assert.Multiple(async () =>
        {
            Assert.That(await DroppedAsync(ChatCompletions, "claude", "{\"role\":\"user\",\"name\":\"ana\",\"content\":\"hi\"}"), Is.EqualTo("message-names"));
            Assert.That(await DroppedAsync(ChatCompletions, "claude", $"{{\"role\":\"user\",\"content\":[{{\"type\":\"text\",\"text\":\"hi\"}},{Picture}]}}"), Is.EqualTo("image-detail"));
            Assert.That(await DroppedAsync(ChatCompletions, "mistral-large-2512", "{\"role\":\"user\",\"content\":\"hi\"}", "\"user\":\"ana\","), Is.EqualTo("end-user"));
            Assert.That(await DroppedAsync(Messages, "gpt", "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}"), Is.EqualTo("cache-breakpoints"));
            Assert.That(await DroppedAsync("/v1/responses", "claude", "{\"role\":\"user\",\"content\":\"hi\"}", "\"reasoning\":{\"summary\":\"auto\"},"), Is.EqualTo("reasoning-summaries"));
        });
    }

    [TestCase(ChatCompletions, "claude", "'metadata':{'a':'b'},", "metadata")]
    [TestCase(ChatCompletions, "mistral-large-2512", "'metadata':{'a':'b'},", "metadata")]
    [TestCase(ChatCompletions, "claude", "'metadata':{},'prompt_cache_key':'k',", "prompt-cache-key")]
    [TestCase(ChatCompletions, "mistral-large-2512", "'prompt_cache_key':'k',", null)]
    [TestCase("/v1/responses", "claude", "'metadata':{'a':'b'},'prompt_cache_key':'k',", "prompt-cache-key, metadata")]
    [TestCase("/v1/responses", "claude", "'tools':[{'type':'function','name':'f','parameters':{'type':'object','properties':{},'additionalProperties':false}}],", "strict-tools")]
    [TestCase("/v1/responses", "claude", "'tools':[{'type':'function','name':'f','strict':false,'parameters':{'type':'object','properties':{},'additionalProperties':false}}],", null)]
    [TestCase(Messages, "gpt", "'tools':[{'name':'f','strict':true,'input_schema':{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}}],", "strict-tools")]
    [TestCase(Messages, "mistral-large-2512", "'tools':[{'name':'f','strict':true,'input_schema':{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}}],", null)]
    [TestCase(Messages, "gpt", "'tools':[{'name':'f','strict':true,'input_schema':{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}}],", null)]
    [TestCase(Messages, "gpt", "'tools':[{'name':'f','cache_control':{'type':'ephemeral'},'input_schema':{'type':'object'}}],", "cache-breakpoints")]
    [TestCase(Messages, "gpt", "'system':[{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}}],", "cache-breakpoints, cache-lifetimes")]
    [TestCase(Messages, "gpt", "'system':[{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'5m'}}],", "cache-breakpoints")]
    [TestCase(Messages, "gpt", "'cache_control':{'type':'ephemeral','ttl':'1h'},", "cache-breakpoints, cache-lifetimes")]
    [TestCase(ChatCompletions, "claude", "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{'type':'object','properties':{'a':{'$ref':'#'}},'required':['a'],'additionalProperties':false}}}],", "strict-tools")]
    [TestCase("/v1/responses", "claude", "'include':['reasoning.encrypted_content'],", "reasoning-summaries")]
    [TestCase("/v1/responses", "claude", "'include':[],", null)]
    public async Task What_else_has_no_place_is_named(string path, string model, string fields, string? named) =>
        Assert.That(await DroppedAsync(path, model, "{\"role\":\"user\",\"content\":\"hi\"}", fields.Replace('\'', '"')), Is.EqualTo(named));

    [TestCase(Messages, "gpt", "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'abc'},{'type':'text','text':'ho'}]},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(Messages, "mistral-large-2512", "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'redacted_thinking','data':'abc'},{'type':'text','text':'ho'}]},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase("/v1/responses", "mistral-large-2512", "{'role':'user','content':'hi'},{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'abc'},{'role':'assistant','content':'ho'},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(ChatCompletions, "mistral-large-2512", "{'role':'user','content':'hi'},{'role':'assistant','content':'ho','reasoning_content':'hm','reasoning_signature':'0.1.abc'},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','content':'ho','reasoning_content':'hm'},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','content':'ho','reasoning_content':'hm','reasoning_signature':'0.2.abc'},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','content':'ho','reasoning_content':''},{'role':'user','content':'hi'}", null)]
    [TestCase(MistralChats, "gpt", "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},{'type':'text','text':'ho'}]},{'role':'user','content':'hi'}", "carried-reasoning")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{\\'a\\':1,\\'b\\':\\'tru'}}]},{'role':'tool','tool_call_id':'c','content':'1'}", "cut-arguments")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{\\'a\\\\'}}]},{'role':'tool','tool_call_id':'c','content':'1'}", "cut-arguments")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'},{'role':'assistant','function_call':{'name':'f','arguments':'{\\'a\\':'}},{'role':'function','name':'f','content':'1'}", "cut-arguments")]
    [TestCase("/v1/responses", "claude", "{'role':'user','content':'hi'},{'type':'function_call','call_id':'c','name':'f','arguments':'{\\'a\\':'},{'type':'function_call_output','call_id':'c','output':'1'}", "cut-arguments")]
    public async Task What_was_said_before_and_has_no_place_is_named(string path, string model, string messages, string? named) =>
        Assert.That(await DroppedAsync(path, model, messages.Replace('\'', '"')), Is.EqualTo(named));

    [TestCase("'tools':[{'name':'f','cache_control':{'type':'ephemeral'},'input_schema':{'type':'object'}}],", "{'role':'user','content':'hi'}", "cache-breakpoints")]
    [TestCase("", "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'text','text':'ho','cache_control':{'type':'ephemeral'}}]},{'role':'user','content':'hi'}", "cache-breakpoints")]
    [TestCase("'system':[{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}],", "{'role':'user','content':'hi'}", null)]
    public async Task A_breakpoint_is_lost_where_OpenAI_has_none(string fields, string messages, string? named)
    {
        await EnforceAsync(static (model, _) => model.CacheBreakpoints = true);
        Assert.That(await DroppedAsync(Messages, "gpt", messages.Replace('\'', '"'), fields.Replace('\'', '"')), Is.EqualTo(named));
        Assert.That(Sent().ToJsonString().Contains("prompt_cache_breakpoint", StringComparison.Ordinal), Is.EqualTo(named is null), "what is named isn't sent");
    }

    [TestCase("'ok'", null)]
    [TestCase("[]", "cache-breakpoints")]
    public async Task Said_of_the_whole_request_it_is_of_what_a_tool_answered_last(string answer, string? named)
    {
        await EnforceAsync(static (model, _) => model.CacheBreakpoints = true);
        const string call = "{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':ANSWER}]}";
        Assert.That(await DroppedAsync(Messages, "gpt", call.Replace("ANSWER", answer, StringComparison.Ordinal).Replace('\'', '"'), "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"cache_control\":{\"type\":\"ephemeral\"},"), Is.EqualTo(named));
        Assert.That(Sent().ToJsonString().Contains("prompt_cache_breakpoint", StringComparison.Ordinal), Is.EqualTo(named is null));
    }

    [Test]
    public async Task Said_of_the_whole_request_it_is_of_its_last_block()
    {
        await EnforceAsync(static (model, _) => model.CacheBreakpoints = true);
        Assert.That(await DroppedAsync(Messages, "gpt", "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}", "\"cache_control\":{\"type\":\"ephemeral\"},"), Is.Null);
        Assert.That(Sent()["messages"]![0]!["content"]!.AsArray().Select(static part => part!["prompt_cache_breakpoint"] is not null), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public async Task Where_it_can_be_said_it_is()
    {
        await EnforceAsync(static (model, _) => model.CacheBreakpoints = true);
        Assert.That(await DroppedAsync(Messages, "gpt", "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}", "\"metadata\":{\"user_id\":\"ana\"},"), Is.Null);
        Assert.That(Sent()["messages"]![0]!["content"]![0]!["prompt_cache_breakpoint"]!["mode"]!.GetValue<string>(), Is.EqualTo("explicit"));
        Assert.That(Sent().ToJsonString(), Does.Contain("\"user\":\"").And.Not.Contain("ana"));
    }

    [Test]
    public async Task A_field_whose_name_may_be_more_than_one_is_not_repeated()
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        Assert.That(await DroppedAsync(ChatCompletions, "claude", "{\"role\":\"user\",\"content\":\"hi\"}", "\"my name is Ana\":1,"), Is.EqualTo("other-fields"));
    }

    [TestCase("\"tools\":[{0}],\"foo\":1", "foo, defer_loading")]
    [TestCase("\"tools\":[{0}],\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1", "other-fields, defer_loading, a, b, c")]
    [TestCase("\"foo\":1,\"gr\u00f6\u00dfe\":2", "other-fields, foo")]
    public async Task Each_field_is_named_once_and_what_goes_unnamed_is_told(string fields, string named)
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        var tools = string.Join(',', Enumerable.Range(0, 5).Select(static n => $"{{\"type\":\"function\",\"function\":{{\"name\":\"f{n}\",\"defer_loading\":true}}}}"));
        var dropped = await DroppedAsync(ChatCompletions, "claude", "{\"role\":\"user\",\"content\":\"hi\"}", fields.Replace("{0}", tools, StringComparison.Ordinal) + ",");
        Assert.That(dropped!.Split(", "), Is.EquivalentTo(named.Split(", ")));
    }

    [Test]
    public async Task What_is_denied_for_another_reason_is_not_blamed_on_a_field()
    {
        await EnforceAsync((_, tenant) => tenant.FeatureGaps = FeatureGaps.Drop);
        using var response = await SendAsync(ChatCompletions, "{\"model\":\"claude\",\"n\":2,\"foo\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("choices").And.Contain("\"param\":\"model\"").And.Not.Contain("foo"));
    }

    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi','new_in_message':1}", "", "new_in_message")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':[{'type':'text','text':'hi','new_in_part':{'a':1}}]}", "", "new_in_part")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':[{'type':'text','text':'hi'},{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo=','size':'x'}}]}", "", "size")]
    [TestCase(ChatCompletions, "claude", "{'role':'assistant','content':'hi','parsed':{'a':1}},{'role':'user','content':'hi'}", "", "parsed")]
    [TestCase(ChatCompletions, "claude", "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}','parsed_arguments':{'a':1}}}]},{'role':'tool','tool_call_id':'c','content':'1'}", "", "parsed_arguments")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'}", "'response_format':{'type':'json_schema','new_in_format':1,'json_schema':{'name':'n','schema':{'type':'object','properties':{},'additionalProperties':false},'new_in_schema':1}},", "new_in_format, new_in_schema")]
    [TestCase(ChatCompletions, "claude", "{'role':'user','content':'hi'}", "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'f'},'new_in_choice':1},", "new_in_choice")]
    [TestCase("/v1/responses", "claude", "{'role':'user','content':[{'type':'input_text','text':'hi','new_in_part':1}],'phase':'commentary'}", "", "new_in_part, phase")]
    [TestCase("/v1/responses", "claude", "{'role':'user','content':'hi'}", "'text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','properties':{},'additionalProperties':false},'new_in_format':1}},", "new_in_format")]
    [TestCase(Messages, "gpt", "{'role':'user','content':[{'type':'text','text':'hi','new_in_block':1}],'new_in_message':1}", "", "new_in_block, new_in_message")]
    [TestCase(Messages, "gpt", "{'role':'assistant','content':[{'type':'text','text':'hi','citations':[{'cited_text':'x'}]}]},{'role':'user','content':'hi'}", "", "citations")]
    [TestCase(Messages, "gpt", "{'role':'user','content':[{'type':'text','text':'hi'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo=','size':1}}]}", "", "size")]
    [TestCase(Messages, "gpt", "{'role':'user','content':'hi'}", "'output_config':{'format':{'type':'json_schema','schema':{'type':'object','properties':{},'additionalProperties':false},'new_in_format':1}},", "new_in_format")]
    [TestCase(MistralChats, "gpt", "{'role':'user','content':'hi','new_in_message':1}", "", "new_in_message")]
    public async Task A_member_that_is_not_known_is_called_by_its_name(string path, string model, string messages, string fields, string named) =>
        Assert.That((await DroppedAsync(path, model, messages.Replace('\'', '"'), fields.Replace('\'', '"')))!.Split(", "), Is.EquivalentTo(named.Split(", ")));

    [TestCase(ChatCompletions, "claude", "{'role':'assistant','content':'hi','refusal':null,'annotations':[],'audio':null,'function_call':null,'parsed':null},{'role':'user','content':'hi'}")]
    [TestCase("/v1/responses", "claude", "{'type':'message','id':'msg_1','status':'completed','role':'assistant','content':[{'type':'output_text','text':'hi','annotations':[],'logprobs':[]}]},{'role':'user','content':'hi'}")]
    [TestCase(Messages, "gpt", "{'role':'assistant','content':[{'type':'text','text':'hi','citations':null}]},{'role':'user','content':'hi'}")]
    [TestCase(Messages, "gpt", "{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{},'caller':{'type':'direct'}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'1','is_error':false}]}")]
    [TestCase(MistralChats, "gpt", "{'role':'assistant','content':'hi','prefix':false,'tool_calls':null},{'role':'user','content':'hi'}")]
    public async Task An_answer_that_is_sent_back_as_it_came_loses_nothing(string path, string model, string messages) =>
        Assert.That(await DroppedAsync(path, model, messages.Replace('\'', '"')), Is.Null);

    [TestCase(ChatCompletions, "claude", "\"tool_choice\":\"required\"")]
    [TestCase(Messages, "gpt", "\"tool_choice\":{\"type\":\"any\"}")]
    [TestCase(MistralChats, "gpt", "\"tool_choice\":\"any\"")]
    public async Task A_call_of_no_tool_is_refused(string path, string model, string choice)
    {
        using var response = await SendAsync(path, $"{{\"model\":\"{model}\",\"max_tokens\":64,{choice},\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("declares no tool"));
    }

    private async Task<string?> DroppedAsync(string path, string model, string message, string fields = "")
    {
        var said = path.EndsWith("responses", StringComparison.Ordinal) ? $"\"input\":[{message}]" : $"\"max_tokens\":64,\"messages\":[{message}]";
        using var response = await SendAsync(path, $"{{\"model\":\"{model}\",{fields}{said}}}");
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        return response.Headers.TryGetValues("x-asc-dropped", out var names) ? names.Single() : null;
    }
}
