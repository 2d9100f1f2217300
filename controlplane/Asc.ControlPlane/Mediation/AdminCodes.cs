using Grpc.Core;

namespace Asc.ControlPlane.Mediation;

/// <summary>The codes of refusals, and what they are in gRPC.</summary>
internal static class AdminCodes
{
    public const string Conflict = "conflict";
    public const string NothingToPublish = "nothing_to_publish";
    public const string NotFound = "not_found";
    public const string NotPermitted = "not_permitted";
    public const string Unauthenticated = "unauthenticated";
    public const string InvalidPolicy = "invalid_policy";
    public const string InvalidArgument = "invalid_argument";
    public const string Unavailable = "unavailable";
    public const string Internal = "internal_error";

    public static StatusCode ToStatus(string code) => code switch
    {
        Conflict or NothingToPublish => StatusCode.FailedPrecondition,
        NotFound => StatusCode.NotFound,
        NotPermitted => StatusCode.PermissionDenied,
        Unauthenticated => StatusCode.Unauthenticated,
        InvalidPolicy or InvalidArgument => StatusCode.InvalidArgument,
        Unavailable => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };
}
