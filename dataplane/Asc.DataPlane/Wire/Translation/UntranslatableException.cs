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
}
