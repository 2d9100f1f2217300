using Asc.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Observability;

/// <summary>Whether the control plane can do its work: the database answers and is migrated; without a signing key it wouldn't have started.</summary>
internal sealed class Readiness(ControlPlaneStore store, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private bool isMigrated;

    public async Task<IResult> AnswerAsync(CancellationToken cancellation)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            isMigrated = isMigrated || (await store.PendingMigrationsAsync(patience.Token)).Count == 0;
            await store.ReadAsync(database => database.Counters.CountAsync(patience.Token), patience.Token);
            return isMigrated ? Results.Text("ready\n") : NotReady("the database lacks migrations");
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            logger.NotReady(exception);
            return NotReady("the database does not answer");
        }
    }

    private static IResult NotReady(string why) => Results.Text(why + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
