using System.Text.RegularExpressions;

namespace Asc.DataPlane.Wire;

/// <summary>What in a provider's words tells of the operator's account: keys, be they masked, and the ids of organisations, projects, workspaces and requests.</summary>
internal static partial class AccountWords
{
    private const string Redacted = "[redacted]";
    // Before anything is looked for in it: the search may take a time that grows faster than the text.
    private const int Searched = 2000;
    private const int Longest = 1000;

    /// <summary>The text without them, shortened where it is long; null for a page of HTML.</summary>
    public static string? Remove(string? text)
    {
        if (text is null || Page().IsMatch(text))
        {
            return null;
        }

        var rest = Secrets().Replace(text.Length > Searched ? text[..Searched] : text, Redacted);
        return rest.Length > Longest ? rest[..Longest] : rest;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:sk|pk|org|proj|req|wrk|wrkspc)[-_][\w*•…-]+(?:\.+[\w*•…-]+)*|[\w-]*[*•]{3,}[\w-]*|(?<=(?:organi[sz]ation|project|workspace)\W{1,3}(?:id\W{1,3})?)(?=[\w-]*\d)[\w-]{6,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"<\s*(?:!doctype|html|head|body)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
