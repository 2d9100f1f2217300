namespace Asc.DataPlane.Wire.Translation;

/// <summary>
/// Who speaks last in a conversation. A message that says nothing is left out; were it the last one, what the assistant said before it would become the beginning
/// of the answer, which nobody asked for.
/// </summary>
internal static class LastMessage
{
    /// <param name="said">The conversation.</param>
    /// <param name="turns">What is left of its turns.</param>
    /// <exception cref="UntranslatableException">The last message is left out, and nothing that the answer could be to is behind the assistant's; or nothing is said at all.</exception>
    public static void ExpectIn(Conversation said, List<Turn> turns)
    {
        if (said.Turns is [.., { Role: not Role.Assistant } last] && turns is [] or [.., { Role: Role.Assistant }])
        {
            var place = $"{said.List}[{last.Place}]";
            throw new UntranslatableException($"\"{place}\" is the last message, and empty: say something in it.", place);
        }

        if (turns.Count + said.Instructions.Count == 0)
        {
            throw new UntranslatableException("The conversation is empty: say something in it.", said.List);
        }
    }
}
