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
    /// <param name="list">The name of the list, as paths begin with it.</param>
    public UntranslatableException At(string list, int place)
    {
        var (before, after) = ($"\"{list}.", $"\"{list}[{place}].");
        return error.Parameter is { } parameter && parameter.StartsWith(before[1..], StringComparison.Ordinal)
            ? new(error with { Message = error.Message.Replace(before, after, StringComparison.Ordinal), Parameter = after[1..] + parameter[(before.Length - 1)..] })
            : this;
    }
}
