using System.Text;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>What inputs are made of: valid bodies, answers and streams of every endpoint and dialect, and whatever stands in them.</summary>
internal static class Corpus
{
    public static JsonTree[] Chat { get; } = Trees(
        """{"model":"m","messages":[{"role":"user","content":"Say hello"}]}""",
        """{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"developer","content":[{"type":"text","text":"In French."}]},{"role":"user","name":"ann","content":[{"type":"text","text":"What is it? é 😀"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}},{"type":"file","file":{"filename":"a.csv","file_data":"data:text\/csv;base64,w6kKIg=="}}]}],"max_completion_tokens":100,"temperature":0.5,"top_p":0.9,"stop":["END","\n"],"stream":true,"stream_options":{"include_usage":true},"metadata":{"bu":"onc","env":"prod","other":1},"user":"u"}""",
        """{"model":"m","messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"refusal":null,"reasoning_content":"Let me see","reasoning_signature":"c2ln","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Köln\",\"n\":1.50}"}},{"id":"call 2/ü","type":"function","function":{"name":"get_time","arguments":""}}]},{"role":"tool","tool_call_id":"call_1","content":"18°C"},{"role":"tool","tool_call_id":"call 2/ü","content":[{"type":"text","text":"noon"}]},{"role":"system","content":"Stay polite."},{"role":"assistant","content":[{"type":"refusal","refusal":"No."}]},{"role":"user","content":"Go on"}],"tools":[{"type":"function","function":{"name":"get_weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string","minLength":1},"n":{"anyOf":[{"type":"number"},{"$ref":"#/$defs/n"}]}},"required":["city"],"$defs":{"n":{"enum":[1,2]}}},"strict":true}},{"type":"function","function":{"name":"get_time"}}],"tool_choice":{"type":"function","function":{"name":"get_weather"}},"parallel_tool_calls":false,"max_tokens":50,"n":1}""",
        """{"model":"m","messages":[{"role":"user","content":"JSON"}],"response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{"a":{"type":"array","minItems":2,"items":{"type":"object","properties":{}}}},"additionalProperties":false,"required":["a"]},"strict":true}},"reasoning_effort":"high","tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}}]}},"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{}}}}],"max_completion_tokens":null,"stream":false,"seed":7,"logit_bias":{"1":2},"logprobs":true,"top_logprobs":2,"frequency_penalty":0.1,"presence_penalty":0}""",
        """{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","prefix":true,"content":"{"}],"safe_prompt":false,"random_seed":1,"response_format":{"type":"json_object"}}""",
        // Last what makes a provider act, keep or fetch.
        """{"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{\"a\":1}"}},{"role":"function","name":"f","content":"1"}],"functions":[{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}],"function_call":{"name":"f"}}""",
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://e.example/i.png"}}]}],"prompt_mode":"reasoning","tool_choice":"any","store":true,"service_tier":"priority","modalities":["text"],"prediction":{"type":"content","content":"y"},"audio":{"voice":"a"},"web_search_options":{}}""");

    public static JsonTree[] Messages { get; } = Trees(
        """{"model":"m","max_tokens":64,"messages":[{"role":"user","content":"Say hello"}]}""",
        """{"model":"m","max_tokens":2048,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[{"role":"user","content":[{"type":"text","text":"What is it? é 😀"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},{"type":"document","title":"t","citations":{"enabled":false},"source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}},{"type":"document","title":"T\"","context":"c","source":{"type":"text","media_type":"text/plain","data":"plain"}},{"type":"document","source":{"type":"content","content":[{"type":"text","text":"c"}]}}]}],"temperature":0.5,"top_p":0.9,"top_k":5,"stop_sequences":["END"," "],"stream":true,"metadata":{"user_id":"u"}}""",
        """{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":[{"type":"thinking","thinking":"Let me see","signature":"c2ln"},{"type":"redacted_thinking","data":"eA=="},{"type":"text","text":"Looking"},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Köln","n":1.50,"d":{"a":[1,{}]}}},{"type":"tool_use","id":"toolu_2","name":"get_time","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"18°C"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/"}}]},{"type":"tool_result","tool_use_id":"toolu_2","is_error":true,"content":"no clock"},{"type":"text","text":"Go on"}]},{"role":"system","content":"Stay polite."},{"role":"assistant","content":"{"}],"tools":[{"name":"get_weather","description":"d","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"strict":true},{"type":"custom","name":"get_time","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"get_weather","disable_parallel_tool_use":true},"thinking":{"type":"enabled","budget_tokens":2048}}""",
        """{"model":"m","max_tokens":64,"messages":[{"role":"user","content":[{"type":"text","text":"JSON"}]}],"output_config":{"effort":"medium","format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]}}},"thinking":{"type":"adaptive"},"tool_choice":{"type":"any"}}""",
        """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://e.example/d.pdf"}}]}],"service_tier":"auto","inference_geo":"eu","container":"c","mcp_servers":[{"type":"url"}],"context_management":{}}""");

    public static JsonTree[] Embeddings { get; } = Trees(
        """{"model":"m","input":"Some text","encoding_format":"base64","dimensions":64}""", """{"model":"m","input":["a","é 😀"],"user":"u"}""", """{"model":"m","input":[[1,2,3],[4]]}""");

    /// <summary>Answers with vectors, in either form.</summary>
    public static JsonTree[] Vectors { get; } = Trees(
        """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1.25e-2,1]},{"index":1,"embedding":[]}],"model":"x","usage":{"prompt_tokens":3,"total_tokens":3}}""",
        """{"id":"a","object":"list","data":[{"object":"embedding","embedding":"AAAAP83MTLw=","index":0}],"model":"x","usage":{"prompt_tokens":3,"completion_tokens":0,"total_tokens":3}}""");

    public static JsonTree[] Responses { get; } = Trees(
        """{"model":"m","input":"Say é","instructions":"Be kind","max_output_tokens":99,"temperature":0.5,"top_p":1,"store":false,"stream":true,"include":["reasoning.encrypted_content"],"metadata":{"bu":"x"}}""",
        """{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"😀"},{"type":"input_image","image_url":"data:image/png;base64,iVBO","detail":"low"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}]},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"},{"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","text":"so","annotations":[]},{"type":"refusal","refusal":"no"}]},{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{\"a\":1}"},{"type":"function_call_output","call_id":"c1","output":"one"},{"role":"developer","content":"brief"},{"role":"user","content":"go"}],"tools":[{"type":"function","name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}],"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false}""",
        """{"model":"m","input":"x","text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true},"verbosity":"low"},"reasoning":{"effort":"low","summary":"auto"},"truncation":"disabled","store":null,"max_output_tokens":null}""");

    public static JsonTree[] MistralChat { get; } = Trees(
        """{"model":"m","messages":[{"role":"system","content":"a"},{"role":"user","content":[{"type":"text","text":"é"},{"type":"image_url","image_url":"data:image/png;base64,iVBO"}]},{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"ho"}],"tool_calls":[{"id":"abcdefghi","function":{"name":"f","arguments":{"a":1}}}]},{"role":"tool","tool_call_id":"abcdefghi","name":"f","content":"one"}],"random_seed":7,"safe_prompt":false,"tool_choice":"any","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"max_tokens":99,"stream":true}""");

    /// <summary>Answers that come whole, of OpenAI and those that resemble it.</summary>
    public static JsonTree[] ChatAnswers { get; } = Trees(
        """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Hello é \ud83d\ude00","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":2,"cache_write_tokens":1},"completion_tokens_details":{"reasoning_tokens":3}}}""",
        """{"choices":[{"finish_reason":"tool_calls","index":0,"message":{"role":"assistant","reasoning_content":"hm","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":\"b\"}"}},{"id":"call_2","type":"function","function":{"name":"g","arguments":""}}]}},{"index":1,"message":{"content":"second"}}],"usage":null,"system_fingerprint":"fp"}""",
        """{"choices":[{"index":0,"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"Bonjour"}],"tool_calls":[{"id":"a","function":{"name":"f","arguments":{"a":[1,{"b":"\n"}]}}}]},"finish_reason":"model_length"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""",
        """{"choices":[{"index":0,"message":{"refusal":"I can't"},"finish_reason":"content_filter","content_filter_results":{"hate":{"filtered":true}}}],"prompt_filter_results":[]}""", """{"error":{"message":"bad","type":"x","param":null,"code":null}}""");

    /// <summary>Anthropic's.</summary>
    public static JsonTree[] MessageAnswers { get; } = Trees(
        """{"id":"msg_1","type":"message","role":"assistant","model":"x","content":[{"type":"text","text":"Hello é \ud83d\ude00","citations":null}],"stop_reason":"end_turn","stop_sequence":null,"stop_details":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":1,"cache_read_input_tokens":2,"output_tokens":5,"output_tokens_details":{"thinking_tokens":3},"service_tier":"standard","inference_geo":"eu"}}""",
        """{"type":"message","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"eA=="},{"type":"tool_use","id":"toolu_1","name":"f","input":{"a":["b",{"c":1.50}]}},{"type":"server_tool_use","id":"s","name":"web_search","input":{"q":"x"}},{"type":"tool_use","id":"toolu_2","name":"g","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}""",
        """{"type":"message","content":[],"stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"No."},"usage":{"input_tokens":1,"output_tokens":0}}""",
        """{"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":"stop_sequence","stop_sequence":"E\"ND","usage":{"input_tokens":1,"output_tokens":2}}""", """{"type":"error","error":{"type":"overloaded_error","message":"busy"},"request_id":"r"}""");

    public static JsonTree[][] ChatStreams { get; } =
    [
        Trees(
            """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"pad"}""",
            """{"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}""", """{"choices":[{"index":0,"delta":{"content":"lo é \ud83d\ude00"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":3}}}"""),
        Trees(
            """{"choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"hm"}}]}""", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}},{"index":1,"id":"call_2","type":"function","function":{"name":"g","arguments":"{"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}},{"index":0,"function":{"arguments":"\"b\\u00e9\"}"}}]}}]}""", """{"choices":[{"index":0,"delta":{"content":"and text"}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"""),
        Trees(
            """{"p":"abcd","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]},"finish_reason":null}]}""", """{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Bonjour"}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"","tool_calls":[{"id":"D681PevKs","function":{"name":"f","arguments":"{\"a\": 1}"},"index":0}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"num_cached_tokens":0}}"""),
        Trees(
            """{"choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}""", """{"choices":[{"index":0,"delta":{"refusal":"I can't"},"content_filter_results":{}},{"index":1,"delta":{"content":"second"}}]}""",
            """{"choices":[{"index":0,"finish_reason":"content_filter","delta":{}}]}""", """{"error":{"message":"bad"}}"""),
    ];

    public static JsonTree[] ResponseAnswers { get; } = Trees(
        """{"id":"resp_1","object":"response","status":"completed","error":null,"incomplete_details":null,"model":"x","output":[{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"eA=="},{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hello é \ud83d\ude00","annotations":[{"type":"url_citation","title":"t"}],"logprobs":[]}]}],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":2,"cache_write_tokens":1},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":15}}""",
        """{"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]},{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":[1,{\"b\":\"\\n\"}]}"},{"type":"function_call","call_id":"call_2","name":"g","arguments":""},{"type":"web_search_call","action":{"query":"x"}}],"usage":{"input_tokens":1,"output_tokens":2}}""",
        """{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"function_call","call_id":"call_1","name":"f","arguments":"{\"a\":\"cu"}],"usage":null}""", """{"status":"failed","error":{"code":"server_error","message":"bad"},"output":[]}""");

    public static JsonTree[][] ResponseStreams { get; } =
    [
        Trees(
            """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress","incomplete_details":null,"output":[]}}""", """{"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"hm"}""", """{"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message","content":[]}}""",
            """{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hel","logprobs":[],"obfuscation":"pad"}""", """{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"lo é \ud83d\ude00"}""",
            """{"type":"response.output_text.done","output_index":1,"content_index":0,"text":"Hello é \ud83d\ude00"}""", """{"type":"keepalive","sequence_number":9}""",
            """{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[],"usage":{"input_tokens":10,"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":15}}}"""),
        Trees(
            """{"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"f","arguments":""}}""", """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"a\":"}""",
            """{"type":"response.output_item.added","output_index":1,"item":{"id":"fc_2","type":"function_call","call_id":"call_2","name":"g","arguments":""}}""", """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\"b\\u00e9\"}"}""",
            """{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"name":"f","arguments":"{\"a\":\"b\\u00e9\"}"}""", """{"type":"response.output_item.done","output_index":1,"item":{"id":"fc_2","type":"function_call","call_id":"call_2","name":"g","arguments":"{\"c\":1}"}}""",
            """{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":1,"output_tokens":2}}}"""),
        Trees(
            """{"type":"response.created","response":{}}""", """{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"I can't"}""", """{"type":"error","sequence_number":2,"error":{"type":"server_error","code":null,"message":"bad"}}""", """{"type":"response.failed","response":{"status":"failed","error":{"code":"x","message":"y"}}}"""),
    ];

    public static JsonTree[][] MessageStreams { get; } =
    [
        Trees(
            """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":2,"output_tokens":1,"inference_geo":"eu"}}}""",
            """{"type":"ping"}""", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo é \ud83d\ude00"}}""", """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":5,"output_tokens_details":{"thinking_tokens":1}}}""", """{"type":"message_stop"}"""),
        Trees(
            """{"type":"message_start","message":{"usage":{"input_tokens":1,"output_tokens":1}}}""", """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""", """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""", """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\"b\"}"}}""", """{"type":"content_block_stop","index":1}""", """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_2","name":"g","input":{"c":[1]}}}""",
            """{"type":"content_block_stop","index":2}""", """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"input_tokens":1,"output_tokens":5}}""", """{"type":"message_stop"}"""),
        Trees(
            """{"type":"message_start","message":{"usage":{"input_tokens":1,"output_tokens":1}}}""", """{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"eA=="}}""", """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"explanation":"No."}},"usage":{"output_tokens":0}}""", """{"type":"error","error":{"type":"overloaded_error","message":"busy"}}""", """{"type":"message_stop"}"""),
    ];

    /// <summary>Lists of tags, betas, versions, types, spans of time, and what is none of them.</summary>
    public static string[] Headers { get; } =
    [
        "bu=oncology,env=prod", "bu=oncology, env=test", "cost-center=4711", "2023-06-01", "2026-10-21", "prompt-caching-2024-07-31,context-1m-2025-08-07", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "120", "7.5",
        "Wed, 21 Oct 2026 07:28:00 GMT", "gzip, br", "interactive", "phi, pii", "application/json; charset=utf-8", "text/event-stream", "*/*", "", ",", "=", "a=b=c", "é=ü", "bu=\u0001", "bu=" + new string('x', 300),
    ];

    private static readonly JsonTree[] Everything = [.. new[] { Chat, Messages, Embeddings, Responses, MistralChat, ChatAnswers, MessageAnswers, ResponseAnswers }.Concat(ChatStreams).Concat(ResponseStreams).Concat(MessageStreams).SelectMany(static trees => trees).SelectMany(static tree => tree.All())];
    private static readonly JsonTree[] Objects = [.. Everything.Where(static tree => tree.IsObject && tree.Children.Count > 0)];

    /// <summary>Of any of them.</summary>
    public static JsonTree AnyValue(Random random) => Everything[random.Next(Everything.Length)].Clone();

    public static (byte[] Name, JsonTree Value) AnyMember(Random random)
    {
        var members = Objects[random.Next(Objects.Length)].Children;
        var (name, value) = members[random.Next(members.Count)];
        return (name, value.Clone());
    }

    private static JsonTree[] Trees(params string[] json) => [.. json.Select(JsonTree.Parse)];
}
