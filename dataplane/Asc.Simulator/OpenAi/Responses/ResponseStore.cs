using System.Collections.Concurrent;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>The responses given that were to be stored. Safe for concurrent use.</summary>
internal sealed class ResponseStore
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, StoredResponse> _responses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _items = new(StringComparer.Ordinal);

    /// <summary>Null if there is none with this id.</summary>
    public StoredResponse? Find(string id) => _responses.GetValueOrDefault(id);

    /// <summary>Whether an item with this id was given.</summary>
    public bool Knows(string itemId) => _items.ContainsKey(itemId);

    public void Keep(string id, StoredResponse response, IEnumerable<string> itemIds)
    {
        if (_responses.Count >= Capacity)
        {
            _responses.Clear();
            _items.Clear();
        }

        _responses[id] = response;
        foreach (var itemId in itemIds)
        {
            _items[itemId] = 0;
        }
    }
}
