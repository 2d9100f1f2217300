using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>A request is not what its protocol permits, and can't be put into another one's words.</summary>
internal sealed class UntranslatableException(GatewayError error) : Exception(error.Message)
{
    public UntranslatableException(string message, string parameter)
        : this(ErrorCode.InvalidRequest, message, parameter)
    {
    }

    public UntranslatableException(ErrorCode code, string message, string parameter)
        : this(new GatewayError(code, message, parameter))
    {
    }

    public GatewayError Error => error;

    /// <summary>The same, of an element of a list of the body.</summary>
    /// <param name="list">The name of the list, as paths begin with it. A list of that name may be within its elements.</param>
    public UntranslatableException At(string list, int place) =>
        error.Parameter?.StartsWith($"{list}[", StringComparison.Ordinal) == true ? Renamed(list, $"{list}[{place}]{list[list.LastIndexOf('.')..]}") : Renamed($"{list}.", $"{list}[{place}].");

    /// <summary>The same, of what is called otherwise.</summary>
    /// <param name="before">How the path begins.</param>
    /// <param name="after">How it is to begin.</param>
    public UntranslatableException Renamed(string before, string after) => error.Parameter is { } parameter && parameter.StartsWith(before, StringComparison.Ordinal)
        ? new(error with { Message = error.Message.Replace($"\"{before}", $"\"{after}", StringComparison.Ordinal), Parameter = after + parameter[before.Length..] })
        : this;
}
