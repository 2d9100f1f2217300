using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Wire.Anthropic;

/// <summary>
/// The ids of a conversation's calls as Anthropic takes them: of few characters, and none twice, where other servers begin to count in each answer. The same conversation gets
/// the same ones each time.
/// </summary>
internal sealed class CallIds
{
    private const int Maximum = 64;
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    private readonly Dictionary<string, (int Count, string Id)> calls = new(StringComparer.Ordinal);

    /// <summary>The id of the next call that is called <paramref name="id"/>.</summary>
    public string OfCall(JsonElement id)
    {
        var text = id.GetString()!;
        var count = calls.TryGetValue(text, out var before) ? before.Count + 1 : 1;
        var own = count > 1 ? Made($"{text}#{count.ToString(CultureInfo.InvariantCulture)}") : Plain(text);
        calls[text] = (count, own);
        return own;
    }

    /// <summary>The id of the last call of that name, which a result stands behind.</summary>
    public string OfResult(JsonElement id) => calls.TryGetValue(id.GetString()!, out var call) ? call.Id : Plain(id.GetString()!);

    private static string Plain(string text) => text.Length is > 0 and <= Maximum && !text.AsSpan().ContainsAnyExcept(Characters) ? text : Made(text);

    private static string Made(string text) => $"call_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12))}";
}
