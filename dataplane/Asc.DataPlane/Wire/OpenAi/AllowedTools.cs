using System.Text.Json;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>A <c>tool_choice</c> that lists which of the tools may be called (<c>allowed_tools</c>). Other protocols know no such list: what may not be called is not declared.</summary>
internal static class AllowedTools
{
    /// <summary>Keeps the tools that <paramref name="allowed"/> lists.</summary>
    /// <param name="allowed">What has the list as <c>tools</c>; undefined: all may be called.</param>
    /// <param name="read">Whose tools have been read.</param>
    /// <param name="path">Of the list.</param>
    /// <param name="function">What of an element has the name.</param>
    /// <exception cref="UntranslatableException">It names what is not declared.</exception>
    public static void Keep(JsonElement allowed, Conversation read, string path, Func<JsonElement, JsonElement> function)
    {
        if (!allowed.Exists())
        {
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        allowed.Elements("tools"u8, path).ReadEach(path, (names, function, path), static (tool, _, list) => list.names.Add(list.function(tool).RequiredString("name"u8, $"{list.path}.name").GetString()!));
        if (!names.IsSubsetOf(read.Tools.Select(static tool => tool.Name.GetString()!)))
        {
            throw new UntranslatableException($"\"{path}\" names a tool that \"tools\" does not declare.", path);
        }

        read.Tools.RemoveAll(tool => !names.Contains(tool.Name.GetString()!));
    }
}
