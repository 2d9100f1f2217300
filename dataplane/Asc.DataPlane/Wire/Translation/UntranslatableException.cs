using Asc.Policy.Decisions;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>A request is not what its protocol permits, and can't be put into another one's words.</summary>
internal sealed class UntranslatableException(ErrorCode code, string message, string parameter) : Exception(message)
{
    public UntranslatableException(string message, string parameter)
        : this(ErrorCode.InvalidRequest, message, parameter)
    {
    }

    public GatewayError Error => new(code, Message, parameter);
}
