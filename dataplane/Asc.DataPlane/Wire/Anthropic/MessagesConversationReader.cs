using System.Runtime.InteropServices;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// Reads the body of <c>POST messages</c> for a provider of another protocol (facts: 3.4). What no other protocol has a place for is not looked at here:
/// <see cref="MessagesRequestReader"/> has told of it, and policy has decided.
/// </summary>
internal static class MessagesConversationReader
{
    /// <exception cref="UntranslatableException">It is no such body.</exception>
    public static Conversation Read(JsonElement body)
    {
        var choice = body.OptionalObject("tool_choice"u8, "tool_choice");
        var output = body.OptionalObject("output_config"u8, "output_config");
        var read = new Conversation
        {
            Temperature = body.OptionalNumber("temperature"u8, "temperature"),
            TopP = body.OptionalNumber("top_p"u8, "top_p"),
            TopK = body.OptionalNumber("top_k"u8, "top_k"),
            ToolChoice = ToolChoiceOf(choice),
            ParallelToolCalls = choice.OptionalFlag("disable_parallel_tool_use"u8, "tool_choice.disable_parallel_tool_use") is { } disabled ? !disabled : null,
            Output = OutputOf(output.OptionalObject("format"u8, "output_config.format")),
            Effort = EffortOf(body.OptionalObject("thinking"u8, "thinking"), output),
            ThinksAsItLikes = body.Member("thinking"u8).Member("type"u8).Is("adaptive"u8),
            IsStandardTier = body.Member("service_tier"u8).Is("standard_only"u8),
            EndUser = new(body.OptionalObject("metadata"u8, "metadata").OptionalString("user_id"u8, "metadata.user_id"), IsOpenAis: false),
        };
        foreach (var sequence in body.Elements("stop_sequences"u8, "stop_sequences"))
        {
            read.StopSequences.Add(sequence.ValueKind == JsonValueKind.String ? sequence : throw new UntranslatableException("\"stop_sequences\" must hold strings.", "stop_sequences"));
        }

        body.Elements("tools"u8, "tools").ReadEach("tools", read, static (tool, _, read) =>
        {
            read.Tools.Add(new(
                tool.RequiredString("name"u8, "tools.name"), tool.OptionalString("description"u8, "tools.description"),
                tool.OptionalObject("input_schema"u8, "tools.input_schema"), tool.OptionalFlag("strict"u8, "tools.strict")));
            // Nobody else's tools end what is cached.
            read.Lost |= tool.Member("cache_control"u8).Exists() ? RequestFeatures.CacheBreakpoints : RequestFeatures.None;
        });

        ReadSystem(body.Member("system"u8), read.Instructions);
        body.Elements("messages"u8, "messages").ReadEach("messages", read, static (message, place, read) => ReadContent(message.Member("content"u8), place, read.PartsOf(RoleOf(message), place)));

        CacheBreakpoints.ReadOfAll(read, body.Member("cache_control"u8));
        return read.InOrder();
    }

    private static void ReadSystem(JsonElement system, List<Part> parts)
    {
        try
        {
            ReadContent(system, 0, parts);
        }
        catch (UntranslatableException problem)
        {
            throw problem.Renamed("messages.content", "system");
        }
    }

    private static Role RoleOf(JsonElement message)
    {
        var role = message.RequiredString("role"u8, "messages.role");
        return role.ValueEquals("user"u8) ? Role.User
            : role.ValueEquals("assistant"u8) ? Role.Assistant
            : role.ValueEquals("system"u8) ? Role.System
            : throw new UntranslatableException($"\"messages.role\" is user, assistant or system, not \"{role.Shown()}\".", "messages.role");
    }

    private static void ReadContent(JsonElement content, int place, List<Part> parts)
    {
        if (content.IsText())
        {
            parts.Add(new TextPart(content));
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            content.EnumerateArray().ReadEach("messages.content", (place, parts), static (block, _, turn) =>
            {
                var count = turn.parts.Count;
                ReadBlock(block, turn.place, turn.parts);
                CacheBreakpoints.Read(turn.parts, count, block.Member("cache_control"u8));
            });
        }
    }

    private static void ReadBlock(JsonElement block, int place, List<Part> parts)
    {
        var type = block.RequiredString("type"u8, "messages.content.type");
        if (type.ValueEquals("text"u8))
        {
            AddText(block.RequiredString("text"u8, "messages.content.text"), parts);
        }
        else if (type.ValueEquals("image"u8) || type.ValueEquals("document"u8))
        {
            ReadMedia(block, place, parts);
        }
        else if (type.ValueEquals("tool_use"u8))
        {
            parts.Add(new ToolCallPart(
                block.RequiredString("id"u8, "messages.content.id"), block.RequiredString("name"u8, "messages.content.name"),
                block.OptionalObject("input"u8, "messages.content.input") is { ValueKind: JsonValueKind.Object } input ? JsonMarshal.GetRawUtf8Value(input).ToArray() : "{}"u8.ToArray(), place));
        }
        else if (type.ValueEquals("tool_result"u8))
        {
            var content = new List<Part>();
            ReadContent(block.Member("content"u8), place, content);
            CacheBreakpoints.Read(content, 0, block.Member("cache_control"u8));
            parts.Add(new ToolResultPart(
                block.RequiredString("tool_use_id"u8, "messages.content.tool_use_id"), content, block.OptionalFlag("is_error"u8, "messages.content.is_error") ?? false, place));
        }
        else if (type.ValueEquals("thinking"u8))
        {
            parts.Add(new ReasoningPart(block.RequiredString("thinking"u8, "messages.content.thinking"), block.OptionalString("signature"u8, "messages.content.signature")));
        }
        else if (type.ValueEquals("redacted_thinking"u8))
        {
            parts.Add(new RedactedReasoningPart(block.RequiredString("data"u8, "messages.content.data")));
        }
        else
        {
            throw new UntranslatableException(Asc.Policy.Decisions.ErrorCode.UnsupportedFeature, $"A content block of type \"{type.Shown()}\" has no place outside Anthropic's own API.", "messages.content.type");
        }
    }

    private static void ReadMedia(JsonElement block, int place, List<Part> parts)
    {
        var source = block.OptionalObject("source"u8, "messages.content.source");
        var type = source.RequiredString("type"u8, "messages.content.source.type");
        if (type.ValueEquals("base64"u8))
        {
            var mediaType = source.RequiredString("media_type"u8, "messages.content.source.media_type").GetString()!;
            var data = Base64Text.Whole(source.RequiredString("data"u8, "messages.content.source.data"));
            AddContext(block, parts);
            parts.Add(block.Member("type"u8).Is("image"u8) ? new ImagePart(mediaType, data) : new FilePart(mediaType, data, block.OptionalString("title"u8, "messages.content.title")));
        }
        else if (type.ValueEquals("text"u8))
        {
            AddHead(block, parts);
            AddText(source.RequiredString("data"u8, "messages.content.source.data"), parts);
        }
        else
        {
            AddHead(block, parts);
            ReadContent(source.Member("content"u8), place, parts);
        }
    }

    // Elsewhere a text has no title and no context, but text.
    private static void AddHead(JsonElement document, List<Part> parts)
    {
        Base64Text.AddTitle(parts, document.OptionalString("title"u8, "messages.content.title"));
        AddContext(document, parts);
    }

    private static void AddContext(JsonElement document, List<Part> parts)
    {
        if (document.OptionalString("context"u8, "messages.content.context") is var context && context.IsText())
        {
            parts.Add(new TextPart(context.Marked("document_context"u8)));
        }
    }

    private static void AddText(JsonElement text, List<Part> parts)
    {
        if (text.IsText())
        {
            parts.Add(new TextPart(text));
        }
    }

    private static ToolChoice ToolChoiceOf(JsonElement choice) => choice.Member("type"u8) switch
    {
        { ValueKind: JsonValueKind.Undefined } => ToolChoice.Unsaid,
        var type when type.Is("auto"u8) => new(ToolChoiceMode.Auto),
        var type when type.Is("any"u8) => new(ToolChoiceMode.Required),
        var type when type.Is("none"u8) => new(ToolChoiceMode.None),
        var type when type.Is("tool"u8) => new(ToolChoiceMode.Named, choice.RequiredString("name"u8, "tool_choice.name")),
        _ => throw new UntranslatableException("\"tool_choice.type\" is auto, any, tool or none.", "tool_choice.type"),
    };

    // Claude holds its answer to any schema; OpenAI's models do so to some, and try to with others.
    private static OutputFormat OutputOf(JsonElement format)
    {
        if (!format.Exists())
        {
            return OutputFormat.Text;
        }

        if (format.RequiredString("type"u8, "output_config.format.type") is var type && !type.ValueEquals("json_schema"u8))
        {
            throw new UntranslatableException($"\"output_config.format.type\" is json_schema, not \"{type.Shown()}\".", "output_config.format.type");
        }

        var schema = format.RequiredObject("schema"u8, "output_config.format.schema");
        return new(OutputKind.JsonSchema, default, schema, OpenAi.ChatSchema.CanBeStrict(schema)) { Path = "output_config.format.schema" };
    }

    private static ReasoningEffort EffortOf(JsonElement thinking, JsonElement output)
    {
        var said = Efforts.Of(output, "effort"u8, "output_config.effort");
        if (!thinking.Exists())
        {
            return said;
        }

        var type = thinking.RequiredString("type"u8, "thinking.type");
        return type switch
        {
            // Who always thinks is told not to begin with it.
            _ when type.ValueEquals("disabled"u8) || type.ValueEquals("between_tools"u8) => ReasoningEffort.None,
            _ when type.ValueEquals("adaptive"u8) => said,
            _ when type.ValueEquals("enabled"u8) => said != ReasoningEffort.Unsaid ? said
                : Efforts.OfBudget(thinking.OptionalNumber("budget_tokens"u8, "thinking.budget_tokens") is { ValueKind: JsonValueKind.Number } budget && budget.TryGetInt64(out var tokens) ? tokens : 0),
            _ => throw new UntranslatableException($"\"thinking.type\" is enabled, disabled, adaptive or between_tools, not \"{type.Shown()}\".", "thinking.type"),
        };
    }
}
