using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads the body of <c>POST chat/completions</c> once, OpenAI's or of those that resemble it: finds what ASC needs, refuses what makes the provider act, keep
/// or fetch, and any duplicate key in the objects on the way. Allocates nothing for a request that passes.
/// </summary>
internal ref struct ChatRequestReader<TFields> : IRequestReader
    where TFields : IChatFields
{
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice streamOptions;
    private JsonSlice includeUsage;
    private JsonSlice metadata;
    private MaxOutput maxOutput;
    private bool stream;
    private bool asksForUsage;
    private bool hasMessages;
    private bool hasSignedReasoning;
    private Capabilities uses;
    private RequestFeatures features;
    // Bytes of messages and tools.
    private int promptBytes;
    private Attachments attachments;
    private JsonSlice opening;

    private ChatRequestReader(ReadOnlySpan<byte> bytes) => body = new BodyReader(bytes);

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request)
    {
        var read = new ChatRequestReader<TFields>(body);
        return BodyReader.Read(ref read, out request);
    }

    [UnscopedRef]
    public ref BodyReader Body => ref body;

    public readonly JsonSlice Model => model;

    public void ExpectRequired()
    {
        if (!hasMessages)
        {
            body.Invalid("\"messages\" is missing: it must be an array.", "messages");
        }
    }

    public readonly ModelRequest Made(int end) => new(
        model, stream, streamOptions, includeUsage, asksForUsage, metadata, end,
        new(uses | (stream ? Capabilities.Streaming : 0), (promptBytes - attachments.Bytes) / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0, TFields.Operation, features.WithCombinations()), opening, maxOutput, attachments)
    {
        Notes = body.Notes, HasSignedReasoning = hasSignedReasoning,
    };

    public void ReadField(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = body.ReadString("model");
        }
        else if (name.SequenceEqual("messages"u8))
        {
            hasMessages = true;
            ReadMessages();
        }
        else if (name.SequenceEqual("stream"u8))
        {
            stream = body.ReadFlag("stream");
        }
        else if (TFields.KnowsNewerNames && name.SequenceEqual("stream_options"u8))
        {
            ReadStreamOptions();
        }
        else if (name.SequenceEqual("max_tokens"u8))
        {
            var (count, none) = ReadBound("max_tokens");
            maxOutput = maxOutput with { MaxTokens = count, MaxTokensNull = none };
        }
        else if (TFields.KnowsNewerNames && name.SequenceEqual("max_completion_tokens"u8))
        {
            var (count, none) = ReadBound("max_completion_tokens");
            maxOutput = maxOutput with { MaxCompletionTokens = count, Null = none };
        }
        else if (name.SequenceEqual("n"u8))
        {
            maxOutput = maxOutput with { Choices = body.ReadCount("n") ?? 0 };
            features |= maxOutput.Choices > 1 ? RequestFeatures.Choices : RequestFeatures.None;
        }
        else if (name.SequenceEqual("tools"u8))
        {
            ReadTools("tools");
        }
        else if (TFields.KnowsOlderNames && name.SequenceEqual("functions"u8))
        {
            ReadTools("functions");
        }
        else if (name.SequenceEqual("response_format"u8) && body.Json.TokenType == JsonTokenType.StartObject)
        {
            ReadResponseFormat();
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            features |= ChatFeatures.OfMetadata(ref body.Json);
            metadata = body.SkipSlice();
        }
        else if (TFields.Problem(name, ref body.Json) is { } problem)
        {
            body.Unsupported(name, problem);
        }
        else
        {
            features |= body.Noted(TFields.Of(name, ref body.Json));
            features |= name.SequenceEqual("tool_choice"u8) ? body.NotedMembers(ChatFeatures.ToolChoice) : RequestFeatures.None;
            body.Skip();
        }
    }

    // The count, or where a null stands in its place.
    private (long? Count, JsonSlice Null) ReadBound(string name)
    {
        var at = new JsonSlice(body.Position, body.End - body.Position);
        return (body.ReadCount(name), body.Json.TokenType == JsonTokenType.Null ? at : default);
    }

    private void ReadStreamOptions()
    {
        var start = body.Position;
        if (body.Json.TokenType != JsonTokenType.Null && body.EntersObject("stream_options"))
        {
            var names = new PropertyNames();
            while (body.NextProperty(ref names, out var name))
            {
                if (name.SequenceEqual("include_usage"u8))
                {
                    var at = body.Position;
                    asksForUsage = body.ReadFlag("stream_options.include_usage");
                    includeUsage = new(at, body.End - at);
                }
                else
                {
                    body.Skip();
                }
            }
        }

        streamOptions = new(start, body.End - start);
    }

    private void ReadResponseFormat()
    {
        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            uses |= name.SequenceEqual("type"u8) && body.Is("json_schema"u8) ? Capabilities.JsonSchema : Capabilities.None;
            features |= name.SequenceEqual("type"u8) && body.Is("json_object"u8) ? RequestFeatures.JsonObject
                : name.SequenceEqual("json_schema"u8) ? body.NotedSchema("schema"u8) | body.NotedMembers(ChatFeatures.AnswerSchema)
                : body.NotedMember(name, ChatFeatures.ResponseFormat);
            body.Skip();
        }
    }

    private void ReadMessages()
    {
        var start = body.Position;
        if (body.EntersArray("messages"))
        {
            while (body.NextElement())
            {
                features &= ~RequestFeatures.Prefill;
                if (ReadMessage() && opening.IsEmpty)
                {
                    opening = new(start, body.End - start);
                }
            }
        }

        promptBytes += body.End - start;
    }

    // Whether it is the user's.
    private bool ReadMessage()
    {
        var (isUsers, isTools, hasName) = (false, false, false);
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("messages"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("role"u8))
            {
                (isUsers, isTools) = (body.Is("user"u8), body.Is("tool"u8) || body.Is("function"u8));
                features |= body.Is("assistant"u8) ? RequestFeatures.Prefill : RequestFeatures.None;
                body.Skip();
            }
            else if (name.SequenceEqual("content"u8) && body.Json.TokenType == JsonTokenType.StartArray)
            {
                while (body.NextElement())
                {
                    ReadPart();
                }
            }
            else if (name.SequenceEqual("content"u8) && body.Json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                body.Invalid("\"messages.content\" must be a string, an array of parts or null.", "messages.content");
            }
            else if (name.SequenceEqual("audio"u8) && body.Json.TokenType != JsonTokenType.Null)
            {
                body.Unsupported("messages.audio", "refers to audio that the provider keeps");
            }
            else if (TFields.KnowsOlderNames && name.SequenceEqual("function_call"u8))
            {
                features |= body.NotedMembers(ChatFeatures.CalledFunction);
                body.Skip();
            }
            else if (name.SequenceEqual("name"u8))
            {
                hasName = body.Json.TokenType == JsonTokenType.String;
                body.Skip();
            }
            else if (name.SequenceEqual("reasoning_signature"u8))
            {
                hasSignedReasoning |= body.Json.TokenType == JsonTokenType.String;
                body.Skip();
            }
            else if (name.SequenceEqual("tool_calls"u8) && body.Json.TokenType == JsonTokenType.StartArray)
            {
                while (body.NextElement())
                {
                    ReadCall();
                }
            }
            else
            {
                features |= body.NotedMember(name, ChatFeatures.Message);
                body.Skip();
            }
        }

        // A tool's name is its call's.
        features |= hasName && !isTools ? RequestFeatures.MessageNames : RequestFeatures.None;
        return isUsers;
    }

    private void ReadCall()
    {
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("messages.tool_calls"); goesOn && body.NextProperty(ref names, out var name);)
        {
            features |= name.SequenceEqual("type"u8) ? body.Noted(TFields.OfTool(ref body.Json))
                : name.SequenceEqual("function"u8) ? body.NotedMembers(ChatFeatures.CalledFunction)
                : body.NotedMember(name, ChatFeatures.Call);
            body.Skip();
        }
    }

    private void ReadPart()
    {
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("messages.content"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (body.Json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (name.SequenceEqual("image_url"u8))
            {
                ReadUrl();
            }
            else if (name.SequenceEqual("file"u8))
            {
                ReadFile();
            }
            else if (TFields.PartProblem(name, ref body.Json) is { } problem)
            {
                body.Unsupported($"messages.content.{System.Text.Encoding.UTF8.GetString(name)}", problem);
            }
            else
            {
                attachments = name.SequenceEqual("document_url"u8) && body.Json.TokenType == JsonTokenType.String ? attachments.WithFile(body.Json.ValueSpan.Length) : attachments;
                features |= name.SequenceEqual("type"u8) ? body.Noted(TFields.OfPart(ref body.Json))
                    : name.SequenceEqual("prompt_cache_breakpoint"u8) ? ChatFeatures.OfBreakpoint(ref body.Json)
                    : name.SequenceEqual("document_url"u8) ? body.Noted(MediaTypes.OfUrl(ref body.Json))
                    : body.NotedMember(name, ChatFeatures.Part);
                body.Skip();
            }
        }
    }

    private void ReadFile()
    {
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("messages.content.file"); goesOn && body.NextProperty(ref names, out var name);)
        {
            features |= name.SequenceEqual("file_data"u8) ? body.Noted(MediaTypes.OfUrl(ref body.Json)) : RequestFeatures.None;
            attachments = name.SequenceEqual("file_data"u8) && body.Json.TokenType == JsonTokenType.String ? attachments.WithFile(body.Json.ValueSpan.Length) : attachments;
            if (!name.SequenceEqual("file_data"u8) && !name.SequenceEqual("filename"u8) && body.Json.TokenType != JsonTokenType.Null)
            {
                body.Unsupported($"messages.content.file.{System.Text.Encoding.UTF8.GetString(name)}", "refers to a file that the provider keeps or fetches: send file_data");
            }
            else
            {
                body.Skip();
            }
        }
    }

    private void ReadUrl()
    {
        if (body.Json.TokenType != JsonTokenType.StartObject)
        {
            CheckUrl();
            return;
        }

        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            if (name.SequenceEqual("url"u8))
            {
                CheckUrl();
            }
            else
            {
                features |= ChatFeatures.OfDetail(name, ref body.Json) | body.NotedMember(name, ChatFeatures.Picture);
                body.Skip();
            }
        }
    }

    private void CheckUrl()
    {
        uses |= Capabilities.Vision;
        features |= body.Noted(MediaTypes.OfUrl(ref body.Json));
        attachments = ActingFields.IsImage(ref body.Json) ? attachments.WithImage(body.Json.ValueSpan.Length) : attachments.WithFile(body.Json.ValueSpan.Length);
        if (ActingFields.UrlProblem(ref body.Json) is { } problem)
        {
            body.Unsupported("messages.content.image_url", problem);
        }
    }

    // Functions, as tools were called once, have nothing around them.
    private void ReadTools(string list)
    {
        var start = body.Position;
        if (body.EntersArray(list))
        {
            while (body.NextElement())
            {
                uses |= Capabilities.Tools;
                if (list == "tools")
                {
                    ReadTool();
                }
                else if (body.EntersObject(list))
                {
                    features |= RequestFeatures.Functions | ReadFunction();
                }
            }
        }

        promptBytes += body.End - start;
    }

    private void ReadTool()
    {
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("tools"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("type"u8) && TFields.ToolProblem(ref body.Json) is { } problem)
            {
                body.Unsupported("tools.type", problem);
            }
            else
            {
                features |= name.SequenceEqual("type"u8) ? body.Noted(TFields.OfTool(ref body.Json))
                    : name.SequenceEqual("function"u8) ? ReadFunction()
                    : body.Noted(ChatFeatures.OfToolField(name, ref body.Json));
                body.Skip();
            }
        }
    }

    private RequestFeatures ReadFunction()
    {
        var found = body.NotedSchema("parameters"u8, onlyIfStrict: true);
        var names = new PropertyNames();
        for (var goesOn = body.Json.TokenType == JsonTokenType.StartObject; goesOn && body.NextProperty(ref names, out var name);)
        {
            found |= body.Noted(ChatFeatures.OfToolField(name, ref body.Json));
            body.Skip();
        }

        return found;
    }
}
