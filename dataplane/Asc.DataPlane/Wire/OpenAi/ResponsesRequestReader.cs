using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads the body of <c>POST responses</c> once (facts: 2.2): finds what ASC needs, refuses what makes the provider act, keep or fetch, and any duplicate key in
/// the objects on the way. Allocates nothing for a request that passes.
/// </summary>
internal ref struct ResponsesRequestReader : IRequestReader
{
    private BodyReader body;
    private JsonSlice model;
    private JsonSlice metadata;
    private JsonSlice opening;
    private JsonSlice store;
    private JsonSlice include;
    private bool asksToKeepNothing;
    private bool hasBareReasoning;
    private MaxOutput maxOutput;
    private bool stream;
    private bool hasInput;
    private Capabilities uses;
    private RequestFeatures features;
    private int promptBytes;
    private Attachments attachments;

    private ResponsesRequestReader(ReadOnlySpan<byte> bytes) => body = new BodyReader(bytes);

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request)
    {
        var read = new ResponsesRequestReader(body);
        return BodyReader.Read(ref read, out request);
    }

    [UnscopedRef]
    public ref BodyReader Body => ref body;

    public readonly JsonSlice Model => model;

    public void ExpectRequired()
    {
        if (!hasInput)
        {
            body.Invalid("\"input\" is missing: it must be a text or an array of items.", "input");
        }
    }

    public readonly ModelRequest Made(int end) => default(ModelRequest) with
    {
        Model = model, Stream = stream, AsksForUsage = true, Metadata = metadata, End = end, Opening = opening, MaxOutput = maxOutput with { Field = "max_output_tokens" },
        Attachments = attachments, Store = store, AsksToKeepNothing = asksToKeepNothing, Include = include, HasBareReasoning = hasBareReasoning, Notes = body.Notes,
        Shape = new(uses | (stream ? Capabilities.Streaming : 0), (promptBytes - attachments.Bytes) / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0, Operation.Responses, features.WithCombinations()),
    };

    public void ReadField(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("model"u8))
        {
            model = body.ReadString("model");
        }
        else if (name.SequenceEqual("input"u8))
        {
            hasInput = true;
            ReadInput();
        }
        else if (name.SequenceEqual("instructions"u8))
        {
            promptBytes += body.SkipSlice().Length;
        }
        else if (name.SequenceEqual("stream"u8))
        {
            stream = body.ReadFlag("stream");
        }
        else if (name.SequenceEqual("max_output_tokens"u8))
        {
            var at = new JsonSlice(body.Position, body.End - body.Position);
            maxOutput = maxOutput with { MaxTokens = body.ReadCount("max_output_tokens"), Null = body.Json.TokenType == JsonTokenType.Null ? at : default };
        }
        else if (name.SequenceEqual("tools"u8))
        {
            ReadTools();
        }
        else if (name.SequenceEqual("text"u8) && body.Json.TokenType == JsonTokenType.StartObject)
        {
            ReadText();
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            features |= ChatFeatures.OfMetadata(ref body.Json);
            metadata = body.SkipSlice();
        }
        else if (ActingFields.Problem(name, ref body.Json) is { } problem)
        {
            body.Unsupported(name, problem);
        }
        else if (name.SequenceEqual("store"u8))
        {
            asksToKeepNothing = body.Json.TokenType == JsonTokenType.False;
            store = body.SkipSlice();
        }
        else if (name.SequenceEqual("include"u8) && (body.Json.TokenType == JsonTokenType.Null || body.EntersArray("include")))
        {
            features |= ResponsesFeatures.Of(name, ref body.Json);
            include = body.SkipSlice();
        }
        else
        {
            features |= body.Noted(ResponsesFeatures.Of(name, ref body.Json));
            features |= name.SequenceEqual("tool_choice"u8) ? body.NotedMembers(ResponsesFeatures.ToolChoice) : RequestFeatures.None;
            body.Skip();
        }
    }

    private void ReadText()
    {
        var names = new PropertyNames();
        while (body.NextProperty(ref names, out var name))
        {
            if (name.SequenceEqual("format"u8))
            {
                uses |= ResponsesFeatures.UsesSchema(ref body.Json) ? Capabilities.JsonSchema : Capabilities.None;
                features |= ResponsesFeatures.OfFormat(ref body.Json) | body.NotedSchema("schema"u8) | body.NotedMembers(ResponsesFeatures.Format);
            }
            else
            {
                features |= body.Noted(ResponsesFeatures.OfText(name, ref body.Json));
            }

            body.Skip();
        }
    }

    private void ReadInput()
    {
        var start = body.Position;
        if (body.Json.TokenType == JsonTokenType.String)
        {
            opening = body.SkipSlice();
            promptBytes += opening.Length;
            return;
        }

        if (body.EntersArray("input"))
        {
            while (body.NextElement())
            {
                features &= ~RequestFeatures.Prefill;
                if (ReadItem() && opening.IsEmpty)
                {
                    opening = new(start, body.End - start);
                }
            }
        }

        promptBytes += body.End - start;
    }

    // Whether it is the user's.
    private bool ReadItem()
    {
        var (isUsers, isKnown, isReasoning, isSealed) = (false, false, false, false);
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("input"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (body.Json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (name.SequenceEqual("type"u8))
            {
                (isKnown, isReasoning) = (true, body.Is("reasoning"u8));
                features |= body.Noted(ResponsesFeatures.OfItem(ref body.Json));
                Refuse("input.type", ResponsesFeatures.ItemProblem(ref body.Json));
            }
            else if (name.SequenceEqual("role"u8))
            {
                (isUsers, isKnown) = (body.Is("user"u8), true);
                features |= body.Is("assistant"u8) ? RequestFeatures.Prefill : RequestFeatures.None;
            }
            else if ((name.SequenceEqual("content"u8) || name.SequenceEqual("output"u8)) && body.Json.TokenType == JsonTokenType.StartArray)
            {
                while (body.NextElement())
                {
                    ReadPart();
                }

                continue;
            }
            else
            {
                isSealed |= name.SequenceEqual("encrypted_content"u8) && body.Json.TokenType == JsonTokenType.String;
                features |= body.NotedMember(name, ResponsesFeatures.Item);
            }

            body.Skip();
        }

        hasBareReasoning |= isReasoning && !isSealed;
        // One that says neither refers to an item that is kept.
        if (!isKnown && body.Error is null)
        {
            body.Unsupported("input.type", "refers to what the provider keeps where neither type nor role is said: send the item itself");
        }

        return isUsers;
    }

    private void ReadPart()
    {
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("input.content"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("type"u8))
            {
                features |= body.Noted(ResponsesFeatures.OfPart(ref body.Json));
            }
            else if (name.SequenceEqual("prompt_cache_breakpoint"u8))
            {
                features |= ChatFeatures.OfBreakpoint(ref body.Json);
                Refuse("input.content.prompt_cache_breakpoint", ActingFields.PartProblem(name, ref body.Json));
            }
            else if (name.SequenceEqual("image_url"u8) && body.Json.TokenType != JsonTokenType.Null)
            {
                uses |= Capabilities.Vision;
                features |= body.Noted(MediaTypes.OfUrl(ref body.Json));
                attachments = ActingFields.IsImage(ref body.Json) ? attachments.WithImage(body.Json.ValueSpan.Length) : attachments.WithFile(body.Json.ValueSpan.Length);
                Refuse("input.content.image_url", ActingFields.UrlProblem(ref body.Json));
            }
            else if (name.SequenceEqual("file_data"u8) && body.Json.TokenType == JsonTokenType.String)
            {
                attachments = attachments.WithFile(body.Json.ValueSpan.Length);
                features |= body.Noted(MediaTypes.OfUrl(ref body.Json));
            }
            else if ((name.SequenceEqual("file_id"u8) || name.SequenceEqual("file_url"u8)) && body.Json.TokenType != JsonTokenType.Null)
            {
                Refuse("input.content.file", "refers to a file that the provider keeps or fetches: send the content");
            }
            else
            {
                Refuse("input.content", ActingFields.PartProblem(name, ref body.Json));
                features |= ChatFeatures.OfDetail(name, ref body.Json) | body.NotedMember(name, ResponsesFeatures.Part);
            }

            body.Skip();
        }
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
        features |= body.NotedSchema("parameters"u8, onlyIfStrict: true);
        var names = new PropertyNames();
        for (var goesOn = body.EntersObject("tools"); goesOn && body.NextProperty(ref names, out var name);)
        {
            if (name.SequenceEqual("type"u8))
            {
                features |= body.Noted(ChatFeatures.OfTool(ref body.Json));
                Refuse("tools.type", ActingFields.ToolProblem(ref body.Json));
            }
            else
            {
                features |= body.Noted(ChatFeatures.OfToolField(name, ref body.Json));
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
