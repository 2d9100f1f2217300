using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>
/// Goes through a request's body once, and remembers the first thing that is wrong with it: a duplicate key in an object that is entered, or what its
/// user finds. After that there is nothing more to read. Allocates nothing for a body that is well.
/// </summary>
internal ref struct BodyReader
{
    private const long CountMaximum = 1_000_000_000;
    public static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };
    private readonly ReadOnlySpan<byte> body;
    private JsonSlice name;
    private OtherFields fields;
    private OtherFields members;
    private FeaturePlaces places;

    /// <summary>Stands on the value in question.</summary>
    public Utf8JsonReader Json;

    public BodyReader(ReadOnlySpan<byte> body)
    {
        this.body = body;
        Json = new Utf8JsonReader(body, Strict);
    }

    /// <summary>What is wrong; null: nothing so far.</summary>
    public GatewayError? Error { get; private set; }

    /// <summary>What was noted so far.</summary>
    public readonly BodyNotes Notes => new(fields, members, places);

    /// <summary>Where the value in question begins.</summary>
    public readonly int Position => (int)Json.TokenStartIndex;

    /// <summary>Where what was read ends.</summary>
    public readonly int End => (int)Json.BytesConsumed;

    /// <summary>What a body that <paramref name="exception"/> was thrown for is not.</summary>
    public static GatewayError NotJson(JsonException exception) =>
        new(ErrorCode.InvalidRequest, $"The body is not JSON (RFC 8259) of at most {Strict.MaxDepth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");

    /// <summary>A string of the body is no text.</summary>
    public static GatewayError NotText() => new(ErrorCode.InvalidRequest, "The body holds a string that is not Unicode text (a lone surrogate, or bytes that are not UTF-8).");

    /// <summary>Has a body read.</summary>
    /// <returns>Null where <paramref name="request"/> was read, else what is wrong.</returns>
    public static GatewayError? Read<TReader>(scoped ref TReader reader, out ModelRequest request)
        where TReader : IRequestReader, allows ref struct
    {
        request = default;
        ref var body = ref reader.Body;
        try
        {
            if (body.EntersBody())
            {
                var names = new PropertyNames();
                while (body.NextProperty(ref names, out var name))
                {
                    reader.ReadField(name);
                }

                var end = body.Position;
                body.ExpectEnd();
                body.ExpectModel(reader.Model);
                if (body.Error is null)
                {
                    reader.ExpectRequired();
                }

                // Of a body that is wrong the name all the same, for the record.
                request = body.Error is null ? reader.Made(end) : request with { Model = reader.Model };
            }

            return body.Error;
        }
        catch (JsonException exception)
        {
            return NotJson(exception);
        }
        catch (InvalidOperationException)
        {
            return NotText();
        }
    }

    /// <summary>Every request says for which model it is.</summary>
    private void ExpectModel(JsonSlice model)
    {
        if (Error is null && model.IsEmpty)
        {
            Invalid("\"model\" is missing: name a model or a route.", "model");
        }
    }

    /// <summary>Enters the object that is the whole body, all of which is UTF-8 (RFC 8259, 8.1): two readers could make two texts of what isn't.</summary>
    private bool EntersBody()
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Invalid("The body is empty: send a JSON object.");
        }

        if (body.StartsWith("\uFEFF"u8))
        {
            return Invalid("The body begins with a byte order mark (BOM), which is no JSON (RFC 8259): send it without.");
        }

        if (!Utf8.IsValid(body))
        {
            Error = NotText();
            return false;
        }

        Json.Read();
        return Json.TokenType == JsonTokenType.StartObject || Invalid("The body must be a JSON object.");
    }

    /// <summary>Whatever follows the body's object is an error of its own.</summary>
    private void ExpectEnd()
    {
        if (Error is null && Json.Read())
        {
            Invalid("The body holds more than one JSON value.");
        }
    }

    /// <summary>Enters the object that the value is; anything else is an error.</summary>
    public bool EntersObject(string path) => Json.TokenType == JsonTokenType.StartObject || Invalid($"\"{path}\" must hold objects.", path);

    /// <summary>Enters the array that the value is; null is absent, anything else an error.</summary>
    public bool EntersArray(string path) =>
        Json.TokenType == JsonTokenType.StartArray || (Json.TokenType != JsonTokenType.Null && Invalid($"\"{path}\" must be an array.", path));

    /// <summary>The object's next member, and stands on its value, which is to be read or skipped.</summary>
    /// <param name="names">Of this object.</param>
    public bool NextProperty(ref PropertyNames names, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (Error is not null)
        {
            return false;
        }

        Json.Read();
        if (Json.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        if (names.Problem(ref Json, body) is { } problem)
        {
            var path = BodyPath.Of(body, Position);
            return Invalid($"Refused: {problem}{(path.Length == 0 ? "" : $" ({path})")}.");
        }

        name = Json.ValueSpan;
        this.name = JsonSlice.InQuotes(ref Json);
        Json.Read();
        return true;
    }

    /// <summary>What the last field that was come to asks for. If that is not known, its name is remembered, and of some the place.</summary>
    public RequestFeatures Noted(RequestFeatures asked)
    {
        if ((asked & RequestFeatures.OtherFields) != 0)
        {
            fields.Add(body, name);
        }

        if ((asked & RequestFeatures.OtherMembers) != 0)
        {
            members.Add(body, name);
        }

        if (places.Missing(asked) != RequestFeatures.None)
        {
            places.Add(asked, Position);
        }

        return asked;
    }

    /// <summary>What the schema asks for that the value has under a name.</summary>
    /// <param name="onlyIfStrict">Whether it binds only where the value says <c>strict</c> as well.</param>
    public RequestFeatures NotedSchema(scoped ReadOnlySpan<byte> name, bool onlyIfStrict = false)
    {
        var bound = Json;
        if ((onlyIfStrict && !bound.HasTrue("strict"u8)) || !JsonSchemaWords.MovesToBound(ref bound, name))
        {
            return RequestFeatures.None;
        }

        places.Add(RequestFeatures.SchemaBounds, (int)bound.TokenStartIndex);
        return RequestFeatures.SchemaBounds;
    }

    /// <summary>The same of a member of a message, a part or the like: whether it is known, or says nothing.</summary>
    public RequestFeatures NotedMember(scoped ReadOnlySpan<byte> name, in FieldNames known) => Noted(FieldValues.Where(!known.Contain(name) && Json.SaysSomething(), RequestFeatures.OtherMembers));

    /// <summary>The same of all that an object has, and passes over it; over anything else as well.</summary>
    public RequestFeatures NotedMembers(in FieldNames known)
    {
        var features = RequestFeatures.None;
        if (Json.TokenType == JsonTokenType.StartObject)
        {
            var names = new PropertyNames();
            while (NextProperty(ref names, out var name))
            {
                features |= NotedMember(name, known);
                Skip();
            }
        }
        else
        {
            Skip();
        }

        return features;
    }

    /// <summary>The array's next element.</summary>
    public bool NextElement() => Error is null && Json.Read() && Json.TokenType != JsonTokenType.EndArray;

    public void Skip() => Json.Skip();

    /// <summary>Whether the value is this string.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text) => Json.TokenType == JsonTokenType.String && Json.ValueTextEquals(text);

    /// <summary>Passes over the value, and says where it was.</summary>
    public JsonSlice SkipSlice()
    {
        var start = Position;
        Skip();
        return new(start, End - start);
    }

    public JsonSlice ReadString(string path)
    {
        if (Json.TokenType != JsonTokenType.String)
        {
            Invalid($"\"{path}\" must be a string.", path);
            return default;
        }

        return new(Position, End - Position);
    }

    public bool ReadFlag(string path)
    {
        if (Json.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
        {
            Invalid($"\"{path}\" must be true or false.", path);
        }

        return Json.TokenType == JsonTokenType.True;
    }

    /// <summary>Null where the value is null.</summary>
    /// <param name="least">What it may be at least.</param>
    public long? ReadCount(string path, long least = 1)
    {
        if (Json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (Json.TokenType == JsonTokenType.Number && Json.TryGetDouble(out var number) && number >= least && number <= CountMaximum && number == Math.Floor(number))
        {
            return (long)number;
        }

        Invalid($"\"{path}\" must be a whole number from {least} to {CountMaximum}.", path);
        Skip();
        return null;
    }

    /// <returns>False.</returns>
    public bool Invalid(string message, string? parameter = null)
    {
        Error ??= Placed(ErrorCode.InvalidRequest, message, parameter);
        return false;
    }

    /// <summary>The field makes the provider act, keep or fetch.</summary>
    /// <returns>False.</returns>
    public bool Unsupported(string path, string problem)
    {
        Error ??= Placed(ErrorCode.UnsupportedFeature, $"\"{path}\" {problem}. The policy does not permit that.", path);
        return false;
    }

    // Of a path through lists it says in which of their elements.
    private readonly GatewayError Placed(ErrorCode code, string message, string? path)
    {
        if (path is not null && BodyPath.Of(body, Position) is var exact && exact.Contains('[', StringComparison.Ordinal))
        {
            return new(code, message.Replace($"\"{path}\"", $"\"{exact}\"", StringComparison.Ordinal), exact);
        }

        return new(code, message, path);
    }

    /// <summary>The same of a field whose name the caller wrote.</summary>
    public bool Unsupported(scoped ReadOnlySpan<byte> name, string problem) => Unsupported(Encoding.UTF8.GetString(name), problem);
}
