using Asc.Simulator.Claude;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>
/// Which prompts are cached, for whom and until when. As at the API, what a breakpoint wrote is read by a later request whose prompt
/// begins the same, from one of its own breakpoints or up to twenty blocks before it; reading renews the life.
/// </summary>
internal sealed class PromptCache(TimeProvider clock)
{
    private const int Lookback = 20;
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TimeSpan Life, DateTimeOffset Ends)> _entries = new(StringComparer.Ordinal);

    /// <param name="account">Whose cache: nobody reads what others wrote.</param>
    /// <param name="model">Each model has its own.</param>
    /// <param name="prompt">What is asked.</param>
    public CachedPrompt Use(string account, ClaudeModel model, Prompt prompt)
    {
        if (prompt.Segments.All(segment => segment.Life is null))
        {
            return new CachedPrompt(prompt.Tokens, 0, 0, 0);
        }

        var prefixes = Prefixes(account, model, prompt);
        lock (_gate)
        {
            var found = FindLongest(prefixes);
            var read = found is { } prefix ? prefix.Tokens : 0;
            var (position, written) = (read, new Dictionary<TimeSpan, int>());
            foreach (var end in prefixes.Where(end => end.Life is not null && end.Tokens >= model.MinCachedTokens))
            {
                var life = end.Life!.Value;
                written[life] = written.GetValueOrDefault(life) + Math.Max(0, end.Tokens - position);
                position = Math.Max(position, end.Tokens);
                Keep(end.Key, life);
            }

            var longer = written.GetValueOrDefault(Prompt.LongLife);
            return new CachedPrompt(prompt.Tokens - position, read, written.Values.Sum() - longer, longer);
        }
    }

    private static List<Prefix> Prefixes(string account, ClaudeModel model, Prompt prompt)
    {
        using var blocks = new CanonicalBlock();
        var (prefixes, tokens) = (new List<Prefix>(prompt.Segments.Count), 0);
        foreach (var segment in prompt.Segments)
        {
            blocks.Add(segment.Role, segment.Block);
            tokens += segment.Tokens;
            prefixes.Add(new Prefix($"{account} {model.Name} {blocks.Digest()}", tokens, segment.Life));
        }

        return prefixes;
    }

    private Prefix? FindLongest(List<Prefix> prefixes)
    {
        var now = clock.GetUtcNow();
        for (var end = prefixes.Count - 1; end >= 0; end--)
        {
            for (var i = end; prefixes[end].Life is not null && i >= Math.Max(0, end - Lookback); i--)
            {
                if (_entries.TryGetValue(prefixes[i].Key, out var entry) && entry.Ends > now)
                {
                    Keep(prefixes[i].Key, entry.Life);
                    return prefixes[i];
                }
            }
        }

        return null;
    }

    private void Keep(string key, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        if (_entries.Count >= Capacity)
        {
            foreach (var (old, _) in _entries.Where(entry => entry.Value.Ends <= now).ToList())
            {
                _entries.Remove(old);
            }
        }

        // A cache may forget at any time; this one does so rather than grow.
        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }

        _entries[key] = (life, now + life);
    }

    private readonly record struct Prefix(string Key, int Tokens, TimeSpan? Life);
}
