using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Asc.ControlPlane.Rates;

/// <summary>Who of the nodes on this process's streams is to give an account now. Of other processes' nodes the rows tell, a second later.</summary>
internal sealed class ShareCalls
{
    private readonly ConcurrentDictionary<string, Inbox> inboxes = new(StringComparer.Ordinal);

    public Inbox Open(string node) => inboxes[node] = new();

    public void Close(string node, Inbox inbox) => inboxes.TryRemove(new(node, inbox));

    public void Call(string node, string? limit)
    {
        if (inboxes.TryGetValue(node, out var inbox))
        {
            inbox.Add(limit);
        }
    }

    internal sealed class Inbox
    {
        private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private readonly ConcurrentDictionary<string, bool> limits = new(StringComparer.Ordinal);

        public void Add(string? limit)
        {
            if (limit is not null)
            {
                limits[limit] = true;
            }

            wakes.Writer.TryWrite(true);
        }

        public async Task<IReadOnlyCollection<string>> WaitAsync(CancellationToken cancellation)
        {
            await wakes.Reader.ReadAsync(cancellation);
            string[] named = [.. limits.Keys];
            Array.ForEach(named, limit => limits.TryRemove(limit, out _));
            return named;
        }
    }
}
