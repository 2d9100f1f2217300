using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads the body of <c>POST chat/completions</c>, OpenAI's or Mistral's, for a provider of another protocol (facts: 3.1, 3.6). What no other protocol has a place
/// for is not looked at here: <see cref="ChatRequestReader{TFields}"/> has told of it, and policy has decided.
/// </summary>
internal static class ChatConversationReader
{
    /// <summary>Reads OpenAI's.</summary>
    /// <exception cref="UntranslatableException">It is no such body.</exception>
    public static Conversation Read(JsonElement body) => Read(body, new ChatFunctions());

    /// <summary>Reads Mistral's, which has no functions.</summary>
    /// <inheritdoc cref="Read(JsonElement)"/>
    public static Conversation ReadMistrals(JsonElement body) => Read(body, functions: null);

    private static Conversation Read(JsonElement body, ChatFunctions? functions)
    {
        var read = new Conversation
        {
            Temperature = body.OptionalNumber("temperature"u8, "temperature"),
            TopP = body.OptionalNumber("top_p"u8, "top_p"),
            Seed = body.OptionalNumber("seed"u8, "seed") is { ValueKind: JsonValueKind.Number } seed ? seed : body.OptionalNumber("random_seed"u8, "random_seed"),
            FrequencyPenalty = body.OptionalNumber("frequency_penalty"u8, "frequency_penalty"),
            PresencePenalty = body.OptionalNumber("presence_penalty"u8, "presence_penalty"),
            Verbosity = body.OptionalString("verbosity"u8, "verbosity"),
            CacheKey = body.OptionalString("prompt_cache_key"u8, "prompt_cache_key"),
            EndUser = EndUser.OfOpenAi(body),
            ParallelToolCalls = body.OptionalFlag("parallel_tool_calls"u8, "parallel_tool_calls"),
            Output = OutputOf(body.OptionalObject("response_format"u8, "response_format")),
            Effort = EffortOf(body),
            HearsReasoning = true,
            ToolChoice = ToolChoiceOf(body.Member("tool_choice"u8)),
            Metadata = body.Member("metadata"u8) is { ValueKind: JsonValueKind.Object } kept && kept.EnumerateObject().All(static member => member.Value.ValueKind == JsonValueKind.String) ? kept : default,
            IsStandardTier = body.Member("service_tier"u8) is var tier && (tier.Is("default"u8) || tier.Is("standard_only"u8)),
        };
        ReadStops(body.Member("stop"u8), read);
        body.Elements("tools"u8, "tools").ReadEach("tools", read.Tools, static (tool, _, tools) => tools.Add(FunctionOf(tool.OptionalObject("function"u8, "tools.function"))));

        var allowed = body.Member("tool_choice"u8).OptionalObject("allowed_tools"u8, "tool_choice.allowed_tools");
        AllowedTools.Keep(allowed, read, "tool_choice.allowed_tools.tools", static tool => tool.OptionalObject("function"u8, "tool_choice.allowed_tools.tools.function"));
        if (functions is not null)
        {
            ChatFunctions.Read(body, read);
        }

        body.Elements("messages"u8, "messages").ReadEach("messages", (read, functions), static (message, place, into) => ReadMessage(message, place, into.read, into.functions));

        return read.InOrder();
    }

    private static void ReadMessage(JsonElement message, int place, Conversation read, ChatFunctions? functions)
    {
        var role = message.RequiredString("role"u8, "messages.role");
        if (role.ValueEquals("system"u8) || role.ValueEquals("developer"u8))
        {
            ReadContent(message.Member("content"u8), read.Turns.Count == 0 ? read.Instructions : read.PartsOf(Role.System, place));
        }
        else if (role.ValueEquals("user"u8))
        {
            ReadContent(message.Member("content"u8), read.PartsOf(Role.User, place));
        }
        else if (role.ValueEquals("assistant"u8))
        {
            var parts = read.PartsOf(Role.Assistant, place);
            ReadAssistant(message, place, parts, read);
            functions?.ReadCall(message, place, parts, read);
        }
        else if (role.ValueEquals("tool"u8) || (functions is not null && role.ValueEquals("function"u8)))
        {
            var content = new List<Part>();
            ReadContent(message.Member("content"u8), content);
            var call = role.ValueEquals("function"u8) ? functions!.AnsweredBy(message) : message.RequiredString("tool_call_id"u8, "messages.tool_call_id");
            read.PartsOf(Role.User, place).Add(new ToolResultPart(call, content, IsError: false, place));
        }
        else
        {
            throw new UntranslatableException($"\"messages.role\" is system, developer, user, assistant or tool, not \"{role.Shown()}\".", "messages.role");
        }
    }

    private static void ReadAssistant(JsonElement message, int place, List<Part> parts, Conversation read)
    {
        if (CarriedReasoning.Read(message.OptionalString("reasoning_content"u8, "messages.reasoning_content"), message.OptionalString("reasoning_signature"u8, "messages.reasoning_signature")) is { } thought)
        {
            parts.Add(thought);
        }

        ReadContent(message.Member("content"u8), parts);
        if (message.OptionalString("refusal"u8, "messages.refusal") is var refusal && refusal.IsText())
        {
            parts.Add(new TextPart(refusal));
        }

        message.Elements("tool_calls"u8, "messages.tool_calls").ReadEach("messages.tool_calls", (parts, place, read), static (call, _, turn) =>
        {
            var function = call.OptionalObject("function"u8, "messages.tool_calls.function");
            turn.parts.Add(new ToolCallPart(
                call.RequiredString("id"u8, "messages.tool_calls.id"), function.RequiredString("name"u8, "messages.tool_calls.function.name"), CallArguments.Of(function, "messages.tool_calls.function.arguments", turn.read), turn.place));
        });
    }

    private static void ReadContent(JsonElement content, List<Part> parts)
    {
        if (content.IsText())
        {
            parts.Add(new TextPart(content));
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            content.EnumerateArray().ReadEach("messages.content", parts, static (part, _, parts) =>
            {
                var count = parts.Count;
                ReadPart(part, parts);
                CacheBreakpoints.Read(parts, count, part.Member("prompt_cache_breakpoint"u8));
            });
        }
    }

    private static void ReadPart(JsonElement part, List<Part> parts)
    {
        var type = part.RequiredString("type"u8, "messages.content.type");
        if (type.ValueEquals("text"u8) || type.ValueEquals("refusal"u8))
        {
            var text = type.ValueEquals("text"u8) ? part.RequiredString("text"u8, "messages.content.text") : part.RequiredString("refusal"u8, "messages.content.refusal");
            if (text.IsText())
            {
                parts.Add(new TextPart(text));
            }
        }
        else if (type.ValueEquals("image_url"u8))
        {
            var image = part.Member("image_url"u8);
            var url = image.ValueKind == JsonValueKind.String ? image : image.RequiredString("url"u8, "messages.content.image_url.url");
            Base64Text.AddTo(parts, url, default, "messages.content.image_url.url", image.OptionalString("detail"u8, "messages.content.image_url.detail"));
        }
        else if (type.ValueEquals("file"u8))
        {
            var file = part.OptionalObject("file"u8, "messages.content.file");
            var url = file.RequiredString("file_data"u8, "messages.content.file.file_data");
            Base64Text.AddTo(parts, url, file.OptionalString("filename"u8, "messages.content.file.filename"), "messages.content.file.file_data");
        }
        else if (type.ValueEquals("document_url"u8))
        {
            var url = part.RequiredString("document_url"u8, "messages.content.document_url");
            Base64Text.AddTo(parts, url, part.OptionalString("document_name"u8, "messages.content.document_name"), "messages.content.document_url");
        }
        else if (type.ValueEquals("thinking"u8))
        {
            parts.AddRange(part.Elements("thinking"u8, "messages.content.thinking").Where(static piece => piece.Member("text"u8).IsText()).Select(static piece => new ReasoningPart(piece.Member("text"u8), default)));
        }
        else
        {
            throw new UntranslatableException($"\"messages.content.type\" is text, image_url, file, document_url or thinking here, not \"{type.Shown()}\".", "messages.content.type");
        }
    }

    /// <summary>A function that the model may call.</summary>
    public static ToolDeclaration FunctionOf(JsonElement function) => new(
        function.RequiredString("name"u8, "tools.function.name"),
        function.OptionalString("description"u8, "tools.function.description"),
        function.OptionalObject("parameters"u8, "tools.function.parameters"),
        function.OptionalFlag("strict"u8, "tools.function.strict"));

    private static ToolChoice ToolChoiceOf(JsonElement choice) => choice switch
    {
        { ValueKind: JsonValueKind.Undefined } => ToolChoice.Unsaid,
        _ when choice.Is("none"u8) => new(ToolChoiceMode.None),
        _ when choice.Is("auto"u8) => new(ToolChoiceMode.Auto),
        _ when choice.Is("required"u8) || choice.Is("any"u8) => new(ToolChoiceMode.Required),
        _ when choice.Member("type"u8).Is("function"u8) =>
            new(ToolChoiceMode.Named, choice.OptionalObject("function"u8, "tool_choice.function").RequiredString("name"u8, "tool_choice.function.name")),
        _ when choice.Member("type"u8).Is("allowed_tools"u8) => new(choice.Member("allowed_tools"u8).Member("mode"u8).Is("required"u8) ? ToolChoiceMode.Required : ToolChoiceMode.Auto),
        _ => throw new UntranslatableException("\"tool_choice\" is none, auto, required, a function or allowed_tools.", "tool_choice"),
    };

    // Mistral's older models are told to think, and not how much.
    private static ReasoningEffort EffortOf(JsonElement body)
    {
        var effort = Efforts.Of(body, "reasoning_effort"u8, "reasoning_effort");
        var mode = body.OptionalString("prompt_mode"u8, "prompt_mode");
        return effort != ReasoningEffort.Unsaid || !mode.Exists() ? effort
            : mode.ValueEquals("reasoning"u8) ? ReasoningEffort.High
            : throw new UntranslatableException($"\"prompt_mode\" is reasoning, not \"{mode.Shown()}\".", "prompt_mode");
    }

    private static OutputFormat OutputOf(JsonElement format)
    {
        if (OutputFormat.WithoutSchema(format, "response_format") is { } simple)
        {
            return simple;
        }

        var schema = format.OptionalObject("json_schema"u8, "response_format.json_schema");
        return new(
            OutputKind.JsonSchema, schema.RequiredString("name"u8, "response_format.json_schema.name"),
            schema.RequiredObject("schema"u8, "response_format.json_schema.schema"), schema.OptionalFlag("strict"u8, "response_format.json_schema.strict"))
        {
            Description = schema.OptionalString("description"u8, "response_format.json_schema.description"),
            Path = "response_format.json_schema.schema",
        };
    }

    private static void ReadStops(JsonElement stop, Conversation read)
    {
        if (stop.ValueKind == JsonValueKind.Array && stop.EnumerateArray().All(static text => text.ValueKind == JsonValueKind.String))
        {
            read.StopSequences.AddRange(stop.EnumerateArray());
        }
        else if (stop.ValueKind == JsonValueKind.String)
        {
            read.StopSequences.Add(stop);
        }
        else if (stop.Exists())
        {
            throw new UntranslatableException("\"stop\" is a string or an array of strings.", "stop");
        }
    }
}
