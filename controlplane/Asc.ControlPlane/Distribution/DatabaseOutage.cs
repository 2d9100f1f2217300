using Asc.ControlPlane.Mediation;
using Asc.Persistence;

namespace Asc.ControlPlane.Distribution;

/// <summary>What nodes need is asked of the database, and while that is away of memory. Only for nodes: admins are told that it is away.</summary>
internal sealed class DatabaseOutage(ControlPlaneStore store, CommitWatch commits)
{
    /// <summary>For what was seen of no change: content that never changes, or an answer that is looked at again when the database is back.</summary>
    public const long AnyAge = 0;

    public bool IsOn => commits.IsDatabaseAway;

    /// <summary>What memory doesn't hold is not known, which is neither a yes nor a no.</summary>
    public static AdminException NotInMemory(string what) =>
        new(AdminCodes.Unavailable, $"The database does not answer, and {what} is not in memory.", "Try again when the database is back.");

    /// <summary>Does not ask a database that is known to be away: to learn it once more may take minutes.</summary>
    /// <param name="seen">
    /// The counter that the caller has seen. It asks because of that change, won't ask about it again, and must not take for its outcome what was so before.
    /// </param>
    /// <param name="what">What is asked for, for the refusal.</param>
    /// <param name="ask">Asks the database.</param>
    /// <param name="remember">What memory holds.</param>
    /// <exception cref="AdminException">The database is away, and what memory holds is none or older.</exception>
    public async Task<T> BridgeAsync<T>(long seen, string what, Func<Task<T>> ask, Func<Remembered<T>> remember)
    {
        if (!commits.IsDatabaseAway)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (store.IsUnreachable(exception))
            {
                // It is away since a moment ago.
            }
        }

        var (value, through) = remember();
        return through >= seen ? value : throw NotInMemory($"the newest state of {what}");
    }
}
