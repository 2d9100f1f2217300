namespace Asc.Simulator.Journal;

/// <summary>The newest requests that the simulator received, refused ones included. Safe for concurrent use.</summary>
public sealed class RequestJournal
{
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, RecordedRequest> _requests = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _last;

    internal RequestJournal(int capacity) => _capacity = capacity;

    /// <summary>All kept requests, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Items => Since(0);

    internal bool IsRecording => _capacity > 0;

    /// <summary>The kept requests with a number above <paramref name="number"/>, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Since(long number)
    {
        lock (_gate)
        {
            return [.. _requests.Values.Where(request => request.Number > number)];
        }
    }

    /// <summary>Forgets everything kept; numbers go on counting.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    /// <summary>Waits until a kept request satisfies <paramref name="condition"/> and returns the oldest such.</summary>
    public async Task<RecordedRequest> WaitForAsync(
        Func<RecordedRequest, bool> condition, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_requests.Values.FirstOrDefault(condition) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal long Add(Func<long, RecordedRequest> create)
    {
        lock (_gate)
        {
            var request = create(++_last);
            _requests.Add(request.Number, request);
            if (_requests.Count > _capacity)
            {
                _requests.Remove(_requests.First().Key);
            }

            Signal();
            return request.Number;
        }
    }

    /// <summary>Replaces a request's snapshot, if it is still kept.</summary>
    internal void Update(long number, Func<RecordedRequest, RecordedRequest> change)
    {
        lock (_gate)
        {
            if (_requests.TryGetValue(number, out var request))
            {
                _requests[number] = change(request);
                Signal();
            }
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
