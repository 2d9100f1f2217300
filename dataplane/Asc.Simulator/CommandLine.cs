namespace Asc.Simulator;

/// <summary>What the simulator's command line asks for.</summary>
internal sealed record CommandLine(int Port, IReadOnlyList<string> Regions)
{
    public const string Usage = "usage: Asc.Simulator [--port N] [--regions eu,us]";

    /// <summary>Null if the arguments make no sense.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        var read = new CommandLine(5190, ["eu", "us"]);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--port" when ushort.TryParse(value, out var port):
                    read = read with { Port = port };
                    break;
                case "--regions" when value.Length > 0:
                    read = read with { Regions = value.Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                default:
                    return null;
            }
        }

        return read;
    }
}
