using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// Reads the body of <c>POST messages</c> once: finds what ASC needs, refuses what makes the provider act, keep or fetch, and any duplicate key in the
/// objects on the way. Allocates nothing for a request that passes.
/// </summary>
internal ref struct MessagesRequestReader : IRequestReader
{
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice opening;
    private JsonSlice inferenceGeo;
    private MaxOutput maxOutput;
    private bool stream;
    private bool hasMessages;
    private Capabilities uses;
    private RequestFeatures features;
    // Bytes of the prompt and of tools.
    private int promptBytes;
    private Attachments attachments;

    private readonly Operation operation;

    private MessagesRequestReader(ReadOnlySpan<byte> bytes, Operation operation)
    {
        body = new BodyReader(bytes);
        this.operation = operation;
    }

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.Messages, out request);

    /// <summary>The same of <c>POST messages/count_tokens</c>, for which nothing is generated.</summary>
    public static GatewayError? ReadForCount(ReadOnlySpan<byte> body, out ModelRequest request) => Read(body, Operation.CountTokens, out request);

    private static GatewayError? Read(ReadOnlySpan<byte> body, Operation operation, out ModelRequest request)
    {
        var read = new MessagesRequestReader(body, operation);
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
        else if (operation == Operation.CountTokens)
        {
            maxOutput = MaxOutput.Nothing;
        }
        else if (maxOutput.MaxTokens is null)
        {
            body.Invalid("\"max_tokens\" is missing: say how many tokens the answer may have at most.", "max_tokens");
        }
    }

    public readonly ModelRequest Made(int end) => default(ModelRequest) with
    {
        Model = model, Stream = stream, End = end, Opening = opening, MaxOutput = maxOutput, Attachments = attachments, InferenceGeo = inferenceGeo, Notes = body.Notes,
        Shape = new(uses | (stream ? Capabilities.Streaming : 0), (promptBytes - attachments.Bytes) / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0, operation, features.WithCombinations()),
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
        else if (name.SequenceEqual("system"u8))
        {
            var start = body.Position;
            ReadContent("system");
            promptBytes += body.End - start;
        }
        else if (name.SequenceEqual("max_tokens"u8))
        {
            // None: the prompt is to be cached, and nothing answered.
            maxOutput = maxOutput with { MaxTokens = body.ReadCount("max_tokens", least: 0) };
        }
        else if (name.SequenceEqual("stream"u8))
        {
            stream = body.ReadFlag("stream");
        }
        else if (name.SequenceEqual("tools"u8))
        {
            ReadTools();
        }
        else if (name.SequenceEqual("output_config"u8) && body.Json.TokenType == JsonTokenType.StartObject)
        {
            ReadOutputConfig();
        }
        else if (ActingFields.Problem(name, ref body.Json) is { } problem)
        {
            body.Unsupported(name, problem);
        }
        else if (name.SequenceEqual("inference_geo"u8))
        {
            inferenceGeo = body.SkipSlice();
        }
        else
        {
            features |= body.Noted(MessagesFeatures.Of(name, ref body.Json));
            features |= name.SequenceEqual("tool_choice"u8) ? body.NotedMembers(MessagesFeatures.ToolChoice) : RequestFeatures.None;
            body.Skip();
        }
    }

    private void ReadOutputConfig()
    {
        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            uses |= name.SequenceEqual("format"u8) && body.Json.TokenType == JsonTokenType.StartObject ? Capabilities.JsonSchema : Capabilities.None;
            features |= name.SequenceEqual("effort"u8) && body.Json.TokenType == JsonTokenType.String ? RequestFeatures.Reasoning
                : name.SequenceEqual("format"u8) ? body.NotedSchema("schema"u8) | body.NotedMembers(MessagesFeatures.Format)
                : body.Noted(MessagesFeatures.OfOutput(name, ref body.Json));
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
        var isUsers = false;
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("messages"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("role"u8))
            {
                isUsers = body.Is("user"u8);
                features |= body.Is("assistant"u8) ? RequestFeatures.Prefill : RequestFeatures.None;
                body.Skip();
            }
            else if (name.SequenceEqual("content"u8))
            {
                ReadContent("messages.content");
            }
            else
            {
                features |= body.NotedMember(name, MessagesFeatures.Message);
                body.Skip();
            }
        }

        return isUsers;
    }

    private void ReadContent(string path)
    {
        if (body.Json.TokenType == JsonTokenType.StartArray)
        {
            while (body.NextElement())
            {
                ReadBlock(path);
            }
        }
        else if (body.Json.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            body.Invalid($"\"{path}\" must be a string or an array of blocks.", path);
        }
    }

    private void ReadBlock(string path)
    {
        var (isImage, isDocument, isText, sourceBytes) = (false, false, false, 0);
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject(path); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("type"u8))
            {
                (isImage, isDocument) = (body.Is("image"u8), body.Is("document"u8));
                features |= body.Noted(MessagesFeatures.OfBlock(ref body.Json));
                Refuse("messages.content.type", ActingFields.BlockProblem(ref body.Json));
                body.Skip();
            }
            else if (name.SequenceEqual("cache_control"u8))
            {
                features |= MessagesFeatures.OfCacheControl(ref body.Json);
                body.Skip();
            }
            else if (name.SequenceEqual("source"u8) && body.Json.TokenType == JsonTokenType.StartObject)
            {
                sourceBytes += ReadSource(out isText);
            }
            else if (name.SequenceEqual("content"u8) && body.Json.TokenType == JsonTokenType.StartArray)
            {
                // What a tool answered, or what was found.
                ReadContent(path);
            }
            else if (name.SequenceEqual("citations"u8))
            {
                // Asked for where it is an object; a list is what was answered before.
                features |= body.Noted(FieldValues.Where(body.Json.HasTrue("enabled"u8), RequestFeatures.ProviderContent)
                    | FieldValues.Where(body.Json.TokenType == JsonTokenType.StartArray && body.Json.SaysSomething(), RequestFeatures.OtherMembers));
                body.Skip();
            }
            else
            {
                features |= body.NotedMember(name, MessagesFeatures.Block);
                body.Skip();
            }
        }

        // Its type may stand behind its data.
        uses |= isImage || (isDocument && !isText) ? Capabilities.Vision : Capabilities.None;
        attachments = sourceBytes == 0 ? attachments
            : isImage ? attachments.WithImage(sourceBytes)
            : isText ? attachments.WithText(sourceBytes)
            : attachments.WithFile(sourceBytes);
    }

    // The length of its data. Blocks that are a document's content are looked at themselves, so that it is text as far as they are.
    private int ReadSource(out bool isText)
    {
        isText = false;
        var bytes = 0;
        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                isText = body.Is("text"u8) || body.Is("content"u8);
                Refuse("messages.content.source", ActingFields.SourceProblem(ref body.Json));
                body.Skip();
            }
            else if (name.SequenceEqual("content"u8))
            {
                ReadContent("messages.content.source.content");
            }
            else
            {
                features |= name.SequenceEqual("media_type"u8) ? body.Noted(MediaTypes.OfType(ref body.Json)) : body.NotedMember(name, MessagesFeatures.Source);
                bytes += name.SequenceEqual("data"u8) && body.Json.TokenType == JsonTokenType.String ? body.Json.ValueSpan.Length : 0;
                body.Skip();
            }
        }

        return bytes;
    }

    private void ReadTools()
    {
        var start = body.Position;
        if (body.EntersArray("tools"))
        {
            while (body.NextElement())
            {
                uses |= Capabilities.Tools;
                ReadTool();
            }
        }

        promptBytes += body.End - start;
    }

    private void ReadTool()
    {
        features |= body.NotedSchema("input_schema"u8, onlyIfStrict: true);
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("tools"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("type"u8))
            {
                features |= body.Noted(MessagesFeatures.OfTool(ref body.Json));
                Refuse("tools.type", ActingFields.ToolProblem(ref body.Json));
            }
            else
            {
                features |= body.Noted(MessagesFeatures.OfToolField(name, ref body.Json));
            }

            body.Skip();
        }
    }

    private void Refuse(string path, string? problem)
    {
        if (problem is not null)
        {
            body.Unsupported(path, problem);
        }
    }
}
