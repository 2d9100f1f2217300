using System.Security.Cryptography;
using System.Text;

namespace Asc.Simulator.Answers;

/// <summary>
/// A prompt cache that nobody has to ask for, in OpenAI's manner: it knows beginnings of prompts, from 1024 tokens on and in steps of 128,
/// for some minutes. Safe for concurrent use.
/// </summary>
internal sealed class PrefixCache(TimeProvider clock)
{
    private const int Shortest = 1_024;
    private const int Step = 128;
    private const int Capacity = 10_000;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>What the cache has of a prompt; afterwards it has all of it.</summary>
    /// <param name="account">Whose cache it is.</param>
    /// <param name="parts">The prompt, from its beginning.</param>
    public CachedPrefix Use(string account, IEnumerable<PromptPart> parts)
    {
        var now = clock.GetUtcNow();
        var (read, total) = (0, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        lock (_gate)
        {
            // A cache may forget at any time; this one does so rather than grow.
            if (_ends.Count > Capacity)
            {
                _ends.Clear();
            }

            foreach (var part in parts)
            {
                total += part.Tokens;
                hash.AppendData(Encoding.UTF8.GetBytes(part.Text));
                if (total >= Shortest)
                {
                    var key = $"{account} {Convert.ToHexStringLower(hash.GetCurrentHash())}";
                    read = _ends.TryGetValue(key, out var ends) && ends > now ? total : read;
                    _ends[key] = now + Life;
                }
            }
        }

        return new CachedPrefix(InSteps(read), total >= Shortest ? InSteps(total) - InSteps(read) : 0);
    }

    private static int InSteps(int tokens) => tokens / Step * Step;
}
