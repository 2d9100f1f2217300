using System.Text.Json;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads the body of <c>POST chat/completions</c> once: finds what ASC needs, refuses what makes the provider act, keep or fetch, and any
/// duplicate key in the objects on the way. Allocates nothing for a request that passes.
/// </summary>
internal ref struct ChatRequestReader
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };
    private const long CountMaximum = 1_000_000_000;
    private readonly ReadOnlySpan<byte> body;
    private Utf8JsonReader reader;
    private JsonSlice model;
    private JsonSlice streamOptions;
    private JsonSlice includeUsage;
    private JsonSlice metadata;
    private MaxOutput maxOutput;
    private bool stream;
    private bool asksForUsage;
    private bool hasMessages;
    private Capabilities uses;
    // Bytes of messages and tools.
    private int promptBytes;
    private Attachments attachments;
    private JsonSlice opening;
    private int messagesStart;
    private bool isUsers;
    private GatewayError? error;

    private ChatRequestReader(ReadOnlySpan<byte> body)
    {
        this.body = body;
        reader = new Utf8JsonReader(body, Strict);
    }

    /// <summary>Null where <paramref name="request"/> was read, else what is wrong.</summary>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ChatRequest request)
    {
        var read = new ChatRequestReader(body);
        try
        {
            request = read.ReadRoot();
            return read.error;
        }
        catch (JsonException exception)
        {
            request = default;
            return new(ErrorCode.InvalidRequest, $"The body is not JSON (RFC 8259) of at most {Strict.MaxDepth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            request = default;
            return new(ErrorCode.InvalidRequest, "The body holds a string that is not Unicode text (a lone surrogate, or bytes that are not UTF-8).");
        }
    }

    private ChatRequest ReadRoot()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid("The body must be a JSON object.");
        }

        var names = new PropertyNames();
        while (error is null && NextProperty(ref names))
        {
            ReadTopLevel(reader.ValueSpan);
        }

        var end = (int)reader.TokenStartIndex;
        // Whatever follows the object is an error of its own.
        if (error is null && reader.Read())
        {
            return Invalid("The body holds more than one JSON value.");
        }

        return (error, model.IsEmpty, hasMessages) switch
        {
            // The name all the same, for the record.
            (not null, _, _) => new(model, false, default, default, false, default, 0, default, default, default, default),
            (_, true, _) => Invalid("\"model\" is missing: name a model or a route.", "model"),
            (_, _, false) => Invalid("\"messages\" is missing: it must be an array.", "messages"),
            _ => new(
                model, stream, streamOptions, includeUsage, asksForUsage, metadata, end,
                new(uses | (stream ? Capabilities.Streaming : 0), (promptBytes - attachments.Bytes) / UsageMeter.BytesPerToken, maxOutput.Asked ?? 0), opening, maxOutput, attachments),
        };
    }

    private void ReadTopLevel(ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (name.SequenceEqual("model"u8))
        {
            model = Expect(JsonTokenType.String, "model", "a string");
        }
        else if (name.SequenceEqual("messages"u8))
        {
            hasMessages = true;
            messagesStart = (int)reader.TokenStartIndex;
            ReadArray("messages", static (ref reader, index) => reader.ReadMessage(index));
            promptBytes += (int)reader.BytesConsumed - messagesStart;
        }
        else if (name.SequenceEqual("stream"u8))
        {
            stream = ReadFlag("stream");
        }
        else if (name.SequenceEqual("stream_options"u8))
        {
            ReadStreamOptions();
        }
        else if (name.SequenceEqual("max_tokens"u8))
        {
            maxOutput = maxOutput with { MaxTokens = ReadCount("max_tokens") };
        }
        else if (name.SequenceEqual("max_completion_tokens"u8))
        {
            var at = new JsonSlice((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
            maxOutput = maxOutput with { MaxCompletionTokens = ReadCount("max_completion_tokens"), Null = reader.TokenType == JsonTokenType.Null ? at : default };
        }
        else if (name.SequenceEqual("n"u8))
        {
            maxOutput = maxOutput with { Choices = ReadCount("n") ?? 0 };
        }
        else if (name.SequenceEqual("tools"u8))
        {
            var start = (int)reader.TokenStartIndex;
            ReadArray("tools", static (ref reader, index) => reader.ReadTool(index));
            promptBytes += (int)reader.BytesConsumed - start;
        }
        else if (name.SequenceEqual("response_format"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject("response_format", static (ref reader, name) =>
            {
                var isSchema = name.SequenceEqual("type"u8) && reader.reader.TokenType == JsonTokenType.String && reader.reader.ValueTextEquals("json_schema"u8);
                reader.uses |= isSchema ? Capabilities.JsonSchema : Capabilities.None;
                reader.reader.Skip();
            });
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            metadata = new(start, (int)reader.BytesConsumed - start);
        }
        else if (ActingFields.Problem(name, ref reader) is { } problem)
        {
            Unsupported(System.Text.Encoding.UTF8.GetString(name), problem);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadStreamOptions()
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.Null)
        {
            ReadObject("stream_options", static (ref reader, name) =>
            {
                if (name.SequenceEqual("include_usage"u8))
                {
                    var at = (int)reader.reader.TokenStartIndex;
                    reader.asksForUsage = reader.ReadFlag("stream_options.include_usage");
                    reader.includeUsage = new(at, (int)reader.reader.BytesConsumed - at);
                }
                else
                {
                    reader.reader.Skip();
                }
            });
        }

        streamOptions = new(start, (int)reader.BytesConsumed - start);
    }

    private void ReadMessage(int index)
    {
        isUsers = false;
        ReadMessageFields();
        if (isUsers && opening.IsEmpty)
        {
            opening = new(messagesStart, (int)reader.BytesConsumed - messagesStart);
        }
    }

    private void ReadMessageFields() => ReadObject("messages", static (ref reader, name) =>
    {
        if (name.SequenceEqual("role"u8))
        {
            reader.isUsers = reader.reader.TokenType == JsonTokenType.String && reader.reader.ValueTextEquals("user"u8);
        }

        if (name.SequenceEqual("content"u8) && reader.reader.TokenType == JsonTokenType.StartArray)
        {
            reader.ReadArray("messages.content", static (ref reader, index) => reader.ReadPart());
        }
        else if (name.SequenceEqual("content"u8) && reader.reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            reader.Invalid("\"messages.content\" must be a string, an array of parts or null.", "messages.content");
        }
        else if (name.SequenceEqual("audio"u8) && reader.reader.TokenType != JsonTokenType.Null)
        {
            reader.Unsupported("messages.audio", "refers to audio that the provider keeps");
        }
        else
        {
            reader.reader.Skip();
        }
    });

    private void ReadPart() => ReadObject("messages.content", static (ref reader, name) =>
    {
        if (name.SequenceEqual("image_url"u8))
        {
            reader.ReadUrl();
        }
        else if (name.SequenceEqual("file"u8))
        {
            reader.ReadObject("messages.content.file", static (ref reader, name) =>
            {
                reader.attachments = name.SequenceEqual("file_data"u8) && reader.reader.TokenType == JsonTokenType.String ? reader.attachments.WithFile(reader.reader.ValueSpan.Length) : reader.attachments;
                if (!name.SequenceEqual("file_data"u8) && !name.SequenceEqual("filename"u8) && reader.reader.TokenType != JsonTokenType.Null)
                {
                    reader.Unsupported($"messages.content.file.{System.Text.Encoding.UTF8.GetString(name)}", "refers to a file that the provider keeps or fetches: send file_data");
                }
                else
                {
                    reader.reader.Skip();
                }
            });
        }
        else
        {
            reader.reader.Skip();
        }
    });

    private void ReadUrl()
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            CheckUrl();
            return;
        }

        ReadObject("messages.content.image_url", static (ref reader, name) =>
        {
            if (name.SequenceEqual("url"u8))
            {
                reader.CheckUrl();
            }
            else
            {
                reader.reader.Skip();
            }
        });
    }

    private void CheckUrl()
    {
        uses |= Capabilities.Vision;
        attachments = attachments.WithImage(reader.ValueSpan.Length);
        if (ActingFields.UrlProblem(ref reader) is { } problem)
        {
            Unsupported("messages.content.image_url", problem);
        }
    }

    private void ReadTool(int index)
    {
        uses |= Capabilities.Tools;
        ReadToolFields();
    }

    private void ReadToolFields() => ReadObject("tools", static (ref reader, name) =>
    {
        if (name.SequenceEqual("type"u8) && ActingFields.ToolProblem(ref reader.reader) is { } problem)
        {
            reader.Unsupported("tools.type", problem);
        }
        else
        {
            reader.reader.Skip();
        }
    });

    private delegate void ReadElement(ref ChatRequestReader reader, int index);

    private delegate void ReadProperty(ref ChatRequestReader reader, ReadOnlySpan<byte> name);

    private void ReadArray(string path, ReadElement element)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Invalid($"\"{path}\" must be an array.", path);
            return;
        }

        for (var index = 0; error is null && reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            element(ref this, index);
        }
    }

    private void ReadObject(string path, ReadProperty property)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Invalid($"\"{path}\" must hold objects.", path);
            return;
        }

        var names = new PropertyNames();
        while (error is null && NextProperty(ref names))
        {
            var name = reader.ValueSpan;
            reader.Read();
            property(ref this, name);
        }
    }

    private bool NextProperty(ref PropertyNames names)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        if (names.Problem(ref reader, body) is { } problem)
        {
            Invalid($"Refused: {problem}.");
            return false;
        }

        return true;
    }

    private bool ReadFlag(string path)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
        {
            Invalid($"\"{path}\" must be true or false.", path);
        }

        return reader.TokenType == JsonTokenType.True;
    }

    private long? ReadCount(string path)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number is >= 1 and <= CountMaximum && number == Math.Floor(number))
        {
            return (long)number;
        }

        Invalid($"\"{path}\" must be a whole number from 1 to {CountMaximum}.", path);
        reader.Skip();
        return null;
    }

    private JsonSlice Expect(JsonTokenType type, string path, string what)
    {
        if (reader.TokenType != type)
        {
            Invalid($"\"{path}\" must be {what}.", path);
            return default;
        }

        return new((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
    }

    private ChatRequest Invalid(string message, string? parameter = null)
    {
        error ??= new(ErrorCode.InvalidRequest, message, parameter);
        return default;
    }

    private void Unsupported(string path, string problem) =>
        error ??= new(ErrorCode.UnsupportedFeature, $"\"{path}\" {problem}. The policy does not permit that.", path);
}
