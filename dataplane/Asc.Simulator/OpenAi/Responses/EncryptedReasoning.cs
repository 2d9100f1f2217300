using System.Security.Cryptography;
using System.Text;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>Reasoning that only the account can send back that got it. No secret is kept by it: it only has to be recognised.</summary>
internal static class EncryptedReasoning
{
    // As the API's own begin.
    private const string Prefix = "gAAAAA";

    private static readonly byte[] Key = "Asc.Simulator reasoning"u8.ToArray();

    public static string Seal(string itemId, string account) => $"{Prefix}{itemId}.{Mac(itemId, account)}";

    public static bool IsGenuine(string content, string account) =>
        content.StartsWith(Prefix, StringComparison.Ordinal)
        && content[Prefix.Length..].Split('.') is [var itemId, var mac]
        && mac == Mac(itemId, account);

    private static string Mac(string itemId, string account) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{account}|{itemId}")));
}
