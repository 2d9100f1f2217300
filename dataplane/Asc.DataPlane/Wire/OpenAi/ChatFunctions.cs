using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads tools as they were called once: <c>functions</c>, <c>function_call</c>, the role <c>function</c> (facts: 3.1). One is called at a time, and a call has no id: it is made of its place.
/// </summary>
internal sealed class ChatFunctions
{
    // The ids of calls that nothing has answered, by their functions' names.
    private readonly Dictionary<string, Queue<JsonElement>> open = new(StringComparer.Ordinal);

    /// <summary>Reads what of them the model may call.</summary>
    /// <param name="body">The request.</param>
    /// <param name="read">Whose tools have been read.</param>
    /// <exception cref="UntranslatableException">There are tools as well, or these are none.</exception>
    public static void Read(JsonElement body, Conversation read)
    {
        var hasTools = read.Tools.Count > 0;
        var functions = body.Elements("functions"u8, "functions");
        functions.ReadEach("functions", read.Tools, static (function, _, tools) => tools.Add(DeclarationOf(function)));
        var choice = ChoiceOf(body.Member("function_call"u8));
        if (functions.Any())
        {
            (read.ParallelToolCalls, read.ToolChoice) = hasTools ? throw new UntranslatableException("\"functions\" is what \"tools\" was called once: send one of them.", "functions") : (false, choice);
        }
        else if (choice.Mode != ToolChoiceMode.Unsaid)
        {
            throw new UntranslatableException("\"function_call\" says which of the \"functions\" is called, and there are none.", "function_call");
        }
    }

    /// <summary>Reads the call of one that the assistant's message is, if it is.</summary>
    public void ReadCall(JsonElement message, int place, List<Part> parts, Conversation read)
    {
        if (message.OptionalObject("function_call"u8, "messages.function_call") is not { ValueKind: JsonValueKind.Object } call)
        {
            return;
        }

        var (id, name) = (JsonElement.Parse($"\"function_call_{place}\""), call.RequiredString("name"u8, "messages.function_call.name"));
        parts.Add(new ToolCallPart(id, name, CallArguments.Of(call, "messages.function_call.arguments", read), place));
        if (!open.TryGetValue(name.GetString()!, out var calls))
        {
            open[name.GetString()!] = calls = new();
        }

        calls.Enqueue(id);
    }

    /// <summary>The call that a message of the role answers: the first of that name that nothing has answered.</summary>
    /// <exception cref="UntranslatableException">There is none.</exception>
    public JsonElement AnsweredBy(JsonElement message)
    {
        var name = message.RequiredString("name"u8, "messages.name");
        return open.TryGetValue(name.GetString()!, out var calls) && calls.TryDequeue(out var id)
            ? id
            : throw new UntranslatableException($"A message of the role \"function\" answers a function_call, and none of \"{name.Shown()}\" stands before it that isn't answered.", "messages.name");
    }

    private static ToolDeclaration DeclarationOf(JsonElement function)
    {
        try
        {
            return ChatConversationReader.FunctionOf(function);
        }
        catch (UntranslatableException problem)
        {
            throw problem.Renamed("tools.function", "functions");
        }
    }

    private static ToolChoice ChoiceOf(JsonElement choice) => choice switch
    {
        { ValueKind: JsonValueKind.Undefined } => ToolChoice.Unsaid,
        _ when choice.Is("none"u8) => new(ToolChoiceMode.None),
        _ when choice.Is("auto"u8) => new(ToolChoiceMode.Auto),
        { ValueKind: JsonValueKind.Object } => new(ToolChoiceMode.Named, choice.RequiredString("name"u8, "function_call.name")),
        _ => throw new UntranslatableException("\"function_call\" is none, auto or the name of a function, as {\"name\": \"f\"}.", "function_call"),
    };
}
