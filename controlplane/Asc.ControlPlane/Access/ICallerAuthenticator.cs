namespace Asc.ControlPlane.Access;

/// <summary>The one place where a caller's identity is decided. Certificates, enrolment and single sign-on replace its implementation.</summary>
internal interface ICallerAuthenticator
{
    /// <summary>An admin, by what its call carries.</summary>
    /// <exception cref="Mediation.AdminException">It is none.</exception>
    Task<AdminCaller> AuthenticateAdminAsync(HttpContext call);

    /// <summary>A node, by what its call carries.</summary>
    /// <exception cref="Mediation.AdminException">It is none.</exception>
    Task<NodeCaller> AuthenticateNodeAsync(HttpContext call);

    /// <summary>Whether a caller that was let in may stay.</summary>
    Task<bool> IsStillValidAsync(NodeCaller caller, CancellationToken cancellation);
}
