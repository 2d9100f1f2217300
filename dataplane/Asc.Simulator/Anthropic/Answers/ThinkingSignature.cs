using System.Security.Cryptography;
using System.Text;
using Asc.Simulator.Claude;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>The signature of thinking blocks, by which those that come back are known to be genuine.</summary>
internal static class ThinkingSignature
{
    // No secret is kept by it: it only has to be something that nobody else's signatures are made with.
    private static readonly byte[] Key = "Asc.Simulator thinking"u8.ToArray();
    private static readonly string Redacted = Encode("redacted");

    /// <summary>The data of a block whose thinking is not to be read.</summary>
    public static string RedactedData => Redacted;

    public static string Sign(string thinking, string model, string conversation) =>
        Encode($"{model}|{conversation}|{Mac(thinking, model, conversation)}");

    /// <param name="signature">As it came back.</param>
    /// <param name="thinking">The text that came with it.</param>
    /// <param name="model">The model that is asked now.</param>
    /// <param name="conversation">The hash of what came before the block.</param>
    public static ThinkingVerdict Judge(string signature, string thinking, ClaudeModel model, Func<string> conversation) =>
        Decode(signature)?.Split('|') is not [var by, var after, var mac] || mac != Mac(thinking, by, after) ? ThinkingVerdict.Forged
        : !model.BindsThinking ? ThinkingVerdict.Good
        : by != model.Name ? ThinkingVerdict.OtherModel
        : after != conversation() ? ThinkingVerdict.OtherConversation
        : ThinkingVerdict.Good;

    public static bool IsRedacted(string data) => data == Redacted;

    private static string Mac(string thinking, string model, string conversation) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{model}|{conversation}|{thinking}")));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
