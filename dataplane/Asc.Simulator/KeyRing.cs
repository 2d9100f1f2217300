namespace Asc.Simulator;

/// <summary>Decides whether a key is good for a region and protocol.</summary>
internal sealed class KeyRing(SimulatorOptions options)
{
    private readonly ILookup<(string, string), string> _keys =
        options.Keys.ToLookup(key => (key.Region, key.Protocol), key => key.Key);

    public bool Accepts(string region, string protocol, string key)
    {
        if (key.Length == 0)
        {
            return false;
        }

        var accepted = _keys[(region, protocol)];
        return !accepted.Any() || accepted.Contains(key);
    }
}
