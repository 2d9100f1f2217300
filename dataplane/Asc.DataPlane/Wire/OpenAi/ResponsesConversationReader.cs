using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads the body of <c>POST responses</c> for a provider of another protocol (facts: 3.7): the part of it that needs nothing to be kept.</summary>
internal static class ResponsesConversationReader
{
    /// <exception cref="UntranslatableException">It is no such body.</exception>
    public static Conversation Read(JsonElement body)
    {
        var read = new Conversation
        {
            List = "input",
            HasStrictTools = true,
            Temperature = body.OptionalNumber("temperature"u8, "temperature"),
            TopP = body.OptionalNumber("top_p"u8, "top_p"),
            ParallelToolCalls = body.OptionalFlag("parallel_tool_calls"u8, "parallel_tool_calls"),
            Output = OutputOf(body.OptionalObject("text"u8, "text").OptionalObject("format"u8, "text.format")),
            Effort = Efforts.Of(body.OptionalObject("reasoning"u8, "reasoning"), "effort"u8, "reasoning.effort"),
            ToolChoice = ToolChoiceOf(body.Member("tool_choice"u8)),
            IsStandardTier = body.Member("service_tier"u8).Is("default"u8),
            CacheKey = body.OptionalString("prompt_cache_key"u8, "prompt_cache_key"),
            EndUser = EndUser.OfOpenAi(body),
        };
        if (body.OptionalString("instructions"u8, "instructions") is var instructions && instructions.IsText())
        {
            read.Instructions.Add(new TextPart(instructions));
        }

        body.Elements("tools"u8, "tools").ReadEach("tools", read.Tools, static (tool, _, tools) => tools.Add(new(
            tool.RequiredString("name"u8, "tools.name"), tool.OptionalString("description"u8, "tools.description"),
            tool.OptionalObject("parameters"u8, "tools.parameters"), tool.OptionalFlag("strict"u8, "tools.strict"))));
        var choice = body.Member("tool_choice"u8);
        AllowedTools.Keep(choice.Member("type"u8).Is("allowed_tools"u8) ? choice : default, read, "tool_choice.tools", static tool => tool);
        if (body.Member("input"u8) is { ValueKind: JsonValueKind.String } input)
        {
            read.PartsOf(Role.User, 0).Add(input.IsText() ? new TextPart(input) : throw new UntranslatableException("\"input\" is empty: say something in it.", "input"));
        }
        else
        {
            body.Elements("input"u8, "input").ReadEach("input", read, ReadItem);
        }

        return read.InOrder();
    }

    private static void ReadItem(JsonElement item, int place, Conversation read)
    {
        var type = item.OptionalString("type"u8, "input.type");
        if (type.Is("function_call"u8))
        {
            read.PartsOf(Role.Assistant, place).Add(new ToolCallPart(
                item.RequiredString("call_id"u8, "input.call_id"), item.RequiredString("name"u8, "input.name"), CallArguments.Of(item, "input.arguments", read), place));
        }
        else if (type.Is("function_call_output"u8))
        {
            var content = new List<Part>();
            ReadOutput(item.Member("output"u8), content);
            read.PartsOf(Role.User, place).Add(new ToolResultPart(item.RequiredString("call_id"u8, "input.call_id"), content, IsError: false, place));
        }
        else if (!type.Exists() || type.ValueEquals("message"u8))
        {
            ReadMessage(item, place, read);
        }
        else if (type.ValueEquals("reasoning"u8))
        {
            read.Lost |= RequestFeatures.CarriedReasoning;
        }
        else
        {
            throw new UntranslatableException(Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, $"An item of type \"{type.Shown()}\" has no place outside OpenAI's own API.", "input.type");
        }
    }

    private static void ReadMessage(JsonElement item, int place, Conversation read)
    {
        var role = item.RequiredString("role"u8, "input.role");
        if (role.ValueEquals("user"u8))
        {
            ReadContent(item.Member("content"u8), read.PartsOf(Role.User, place));
        }
        else if (role.ValueEquals("assistant"u8))
        {
            ReadContent(item.Member("content"u8), read.PartsOf(Role.Assistant, place));
        }
        else if (role.ValueEquals("system"u8) || role.ValueEquals("developer"u8))
        {
            ReadContent(item.Member("content"u8), read.Turns.Count == 0 ? read.Instructions : read.PartsOf(Role.System, place));
        }
        else
        {
            throw new UntranslatableException($"\"input.role\" is user, assistant, system or developer, not \"{role.Shown()}\".", "input.role");
        }
    }

    private static void ReadOutput(JsonElement output, List<Part> parts)
    {
        try
        {
            ReadContent(output, parts);
        }
        catch (UntranslatableException problem)
        {
            throw problem.Renamed("input.content", "input.output");
        }
    }

    private static void ReadContent(JsonElement content, List<Part> parts)
    {
        if (content.IsText())
        {
            parts.Add(new TextPart(content));
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            content.EnumerateArray().ReadEach("input.content", parts, static (part, _, parts) =>
            {
                var count = parts.Count;
                ReadPart(part, parts);
                CacheBreakpoints.Read(parts, count, part.Member("prompt_cache_breakpoint"u8));
            });
        }
    }

    private static void ReadPart(JsonElement part, List<Part> parts)
    {
        var type = part.RequiredString("type"u8, "input.content.type");
        if (type.ValueEquals("input_text"u8) || type.ValueEquals("output_text"u8) || type.ValueEquals("text"u8) || type.ValueEquals("refusal"u8))
        {
            var text = type.ValueEquals("refusal"u8) ? part.RequiredString("refusal"u8, "input.content.refusal") : part.RequiredString("text"u8, "input.content.text");
            if (text.IsText())
            {
                parts.Add(new TextPart(text));
            }
        }
        else if (type.ValueEquals("input_image"u8))
        {
            Base64Text.AddTo(parts, part.RequiredString("image_url"u8, "input.content.image_url"), default, "input.content.image_url", part.OptionalString("detail"u8, "input.content.detail"));
        }
        else if (type.ValueEquals("input_file"u8))
        {
            Base64Text.AddTo(parts, part.RequiredString("file_data"u8, "input.content.file_data"), part.OptionalString("filename"u8, "input.content.filename"), "input.content.file_data");
        }
        else
        {
            throw new UntranslatableException($"\"input.content.type\" is input_text, output_text, refusal, input_image or input_file here, not \"{type.Shown()}\".", "input.content.type");
        }
    }

    private static ToolChoice ToolChoiceOf(JsonElement choice) => choice switch
    {
        { ValueKind: JsonValueKind.Undefined } => ToolChoice.Unsaid,
        _ when choice.Is("none"u8) => new(ToolChoiceMode.None),
        _ when choice.Is("auto"u8) => new(ToolChoiceMode.Auto),
        _ when choice.Is("required"u8) => new(ToolChoiceMode.Required),
        _ when choice.Member("type"u8).Is("function"u8) => new(ToolChoiceMode.Named, choice.RequiredString("name"u8, "tool_choice.name")),
        _ when choice.Member("type"u8).Is("allowed_tools"u8) => new(choice.Member("mode"u8).Is("required"u8) ? ToolChoiceMode.Required : ToolChoiceMode.Auto),
        _ => throw new UntranslatableException("\"tool_choice\" is none, auto, required, a function or allowed_tools.", "tool_choice"),
    };

    private static OutputFormat OutputOf(JsonElement format)
    {
        if (OutputFormat.WithoutSchema(format, "text.format") is { } simple)
        {
            return simple;
        }

        return new(OutputKind.JsonSchema, format.RequiredString("name"u8, "text.format.name"), format.RequiredObject("schema"u8, "text.format.schema"), format.OptionalFlag("strict"u8, "text.format.strict"))
        {
            Description = format.OptionalString("description"u8, "text.format.description"),
            Path = "text.format.schema",
        };
    }
}
