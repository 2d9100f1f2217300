namespace Asc.Simulator.Faults;

/// <summary>The faults in force. Replaced as a whole; counts run down as requests meet them.</summary>
internal sealed class FaultBoard
{
    private volatile Fault[] _faults = [];
    private readonly Lock _gate = new();

    /// <summary>The faults in force, each with the count it has left.</summary>
    public IReadOnlyList<Fault> Current => _faults;

    public void Replace(IEnumerable<Fault> faults)
    {
        lock (_gate)
        {
            _faults = [.. faults];
        }
    }

    /// <summary>
    /// The first fault that matches, counted as applied; null when there is none. Only then is the request in the journal: who changes the faults on seeing it
    /// there changes those of later ones.
    /// </summary>
    public Fault? Take(Exchange exchange, string? model)
    {
        var fault = Take(exchange.Region, exchange.Protocol, model);
        exchange.EnterJournal();
        return fault;
    }

    private Fault? Take(string region, string protocol, string? model)
    {
        if (_faults.Length == 0)
        {
            return null;
        }

        lock (_gate)
        {
            var faults = _faults;
            var index = Array.FindIndex(faults, fault => fault.Match.Covers(region, protocol, model));
            if (index < 0)
            {
                return null;
            }

            var taken = faults[index];
            if (taken.Count is { } left)
            {
                _faults = left > 1
                    ? [.. faults[..index], taken with { Count = left - 1 }, .. faults[(index + 1)..]]
                    : [.. faults[..index], .. faults[(index + 1)..]];
            }

            return taken;
        }
    }
}
