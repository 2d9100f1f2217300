using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>
/// Reads tools as they were called once: <c>functions</c>, <c>function_call</c>, the role <c>function</c> (facts: 3.1). One is called at a time, and a call has no id: it is made of its place.
/// </summary>
internal static class ChatFunctions
{
    /// <summary>Reads what of them the model may call.</summary>
    /// <param name="body">The request.</param>
    /// <param name="read">Whose tools have been read.</param>
    /// <exception cref="UntranslatableException">There are tools as well, or these are none.</exception>
    public static void Read(JsonElement body, Conversation read)
    {
        var tools = read.Tools.Count;
        body.Elements("functions"u8, "functions").ReadEach("functions", read.Tools, static (function, _, tools) => tools.Add(ChatConversationReader.FunctionOf(function, "functions")));
        if (read.Tools.Count > tools)
        {
            if (tools > 0)
            {
                throw new UntranslatableException("\"functions\" is what \"tools\" was called once: send one of them.", "functions");
            }

            read.ParallelToolCalls = false;
        }

        var choice = ChoiceOf(body.Member("function_call"u8));
        if (choice.Mode == ToolChoiceMode.Named && read.Tools.Count == tools)
        {
            throw new UntranslatableException("\"function_call\" demands a call, and \"functions\" declares none.", "function_call");
        }

        read.ToolChoice = choice.Mode == ToolChoiceMode.Unsaid ? read.ToolChoice : choice;
    }

    /// <summary>Reads the call of one that the assistant's message is, if it is.</summary>
    public static void ReadCall(JsonElement message, int place, List<Part> parts)
    {
        if (message.OptionalObject("function_call"u8, "messages.function_call") is { ValueKind: JsonValueKind.Object } call)
        {
            var id = JsonElement.Parse($"\"call_{place}\"");
            parts.Add(new ToolCallPart(id, call.RequiredString("name"u8, "messages.function_call.name"), CallArguments.Of(call, "messages.function_call.arguments"), place));
        }
    }

    /// <summary>The call that a message of the role answers: the last one.</summary>
    /// <exception cref="UntranslatableException">There was none.</exception>
    public static JsonElement AnsweredBy(Conversation read) =>
        read.Turns.FindLast(static turn => turn.Role == Role.Assistant)?.Parts.OfType<ToolCallPart>().LastOrDefault()?.Id
        ?? throw new UntranslatableException("A message of the role \"function\" answers a function_call, and none stands before it.", "messages.role");

    private static ToolChoice ChoiceOf(JsonElement choice) => choice switch
    {
        { ValueKind: JsonValueKind.Undefined } => ToolChoice.Unsaid,
        _ when choice.Is("none"u8) => new(ToolChoiceMode.None),
        _ when choice.Is("auto"u8) => new(ToolChoiceMode.Auto),
        { ValueKind: JsonValueKind.Object } => new(ToolChoiceMode.Named, choice.RequiredString("name"u8, "function_call.name")),
        _ => throw new UntranslatableException("\"function_call\" is none, auto or the name of a function, as {\"name\": \"f\"}.", "function_call"),
    };
}
