using Asc.Contracts.Admin.V1;

namespace Asc.Cli;

/// <summary>A command that did not do what it was asked, and why.</summary>
internal sealed class CliException(int exitCode, AdminError error) : Exception(error.Message)
{
    public CliException(int exitCode, string code, string message, string fix = "")
        : this(exitCode, new AdminError { Code = code, Message = message, Fix = fix })
    {
    }

    public int ExitCode { get; } = exitCode;

    public AdminError Error { get; } = error;
}
