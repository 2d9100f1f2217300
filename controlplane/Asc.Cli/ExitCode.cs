namespace Asc.Cli;

/// <summary>What the exit status says to scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int NotFound = 4;
    public const int NotPermitted = 5;
}
