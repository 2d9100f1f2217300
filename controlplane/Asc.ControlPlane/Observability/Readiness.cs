using Asc.ControlPlane.Distribution;

namespace Asc.ControlPlane.Observability;

/// <summary>
/// Whether the control plane can serve what it holds: from the first look at a migrated database on (without that and a signing key it
/// wouldn't have started). An outage of the database is told and doesn't end it: the replicas share the database, and none would be left to find.
/// </summary>
internal sealed class Readiness(CommitWatch commits)
{
    public IResult Answer() => commits switch
    {
        { HasLooked: false } => Results.Text("starting\n", statusCode: StatusCodes.Status503ServiceUnavailable),
        { IsDatabaseAway: true } => Results.Text("degraded: database unreachable\n"),
        _ => Results.Text("ready\n"),
    };
}
