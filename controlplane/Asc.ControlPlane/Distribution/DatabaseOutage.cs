using System.Data.Common;
using Asc.ControlPlane.Mediation;
using Microsoft.EntityFrameworkCore.Storage;

namespace Asc.ControlPlane.Distribution;

/// <summary>What nodes need is asked of the database, and while that is away of memory. Only for nodes: admins are told that it is away.</summary>
internal sealed class DatabaseOutage(CommitWatch commits)
{
    public bool IsOn => commits.IsDatabaseAway;

    /// <summary>What memory doesn't hold is not known, which is neither a yes nor a no.</summary>
    public static AdminException NotInMemory(string what) =>
        new(AdminCodes.Unavailable, $"The database does not answer, and {what} is not in memory.", "Try again when the database is back.");

    /// <summary>Does not ask a database that is known to be away: to learn it once more may take minutes.</summary>
    public async Task<T> BridgeAsync<T>(Func<Task<T>> ask, Func<T> remember)
    {
        if (!commits.IsDatabaseAway)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (exception is DbException or RetryLimitExceededException or TimeoutException)
            {
                // It is away since a moment ago.
            }
        }

        return remember();
    }
}
