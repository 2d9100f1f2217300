using System.Globalization;

namespace Asc.Dev;

/// <summary>What Asc.Dev can be told.</summary>
/// <param name="DataDirectory">Kept between runs, unless <paramref name="Ephemeral"/>.</param>
/// <param name="Ephemeral">A temporary folder, removed at the end.</param>
/// <param name="PortBase">The first of the ports; 0 picks free ones.</param>
/// <param name="PolicyPath">This policy instead of the sample.</param>
/// <param name="Simulator">Whether the simulated provider runs.</param>
/// <param name="DevJsonPath">Where dev.json is written.</param>
internal sealed record DevOptions(
    string DataDirectory, bool Ephemeral, int PortBase, string? PolicyPath, bool Simulator, string DevJsonPath)
{
    public const string Usage = """
        usage: asc-dev [--data-dir DIR] [--ephemeral] [--port-base N] [--policy FILE|DIR] [--no-simulator] [--dev-json FILE]
        """;

    /// <summary>The port at <paramref name="offset"/> from the base; 0 where free ones are picked.</summary>
    public int Port(int offset) => PortBase == 0 ? 0 : PortBase + offset;

    /// <exception cref="DevException">The arguments are not understood.</exception>
    public static DevOptions Parse(IReadOnlyList<string> arguments)
    {
        string? dataDirectory = null, policy = null, devJson = null;
        var (ephemeral, simulator, portBase) = (false, true, 5100);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, inline) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            string Value() => inline ?? (++i < arguments.Count ? arguments[i] : throw new DevException($"{name} needs a value. {Usage}"));
            switch (name)
            {
                case "--data-dir": dataDirectory = Value(); break;
                case "--ephemeral": ephemeral = true; break;
                case "--port-base": portBase = Port(Value()); break;
                case "--policy": policy = Value(); break;
                case "--no-simulator": simulator = false; break;
                case "--dev-json": devJson = Value(); break;
                default: throw new DevException($"there is no option {name}. {Usage}");
            }
        }

        var directory = Path.GetFullPath(ephemeral ? Path.Combine(Path.GetTempPath(), $"asc-{Guid.NewGuid():n}") : dataDirectory ?? ".asc");
        return new(directory, ephemeral, portBase, policy, simulator, Path.GetFullPath(devJson ?? Path.Combine(directory, "dev.json")));
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 - 90
            ? port
            : throw new DevException($"--port-base {text} is not a port number: give 0, or a number up to {65535 - 90}.");
}
