using System.Diagnostics;

namespace Asc.Persistence.Sqlite;

/// <summary>The one process that may migrate a database: a file beside it, held open, which the system gives free when the process ends in whatever way.</summary>
internal static class MigrationClaim
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="database">The path of the database's file.</param>
    /// <param name="cancellation">Waits no longer for the process that has it.</param>
    /// <returns>Held until it is disposed of.</returns>
    /// <exception cref="IOException">Another process migrates it and comes to no end.</exception>
    public static async Task<FileStream> TakeAsync(string database, CancellationToken cancellation)
    {
        // Not the database's own file: to close it would take SQLite's locks away from this process. Not removed either: another may be about to claim it.
        var path = database + "-migrating";
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (File.Exists(path))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new IOException($"another process has been migrating {database} for {Patience.TotalSeconds:0} seconds (it holds {path}): end it, or wait until it is done", exception);
                }
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
