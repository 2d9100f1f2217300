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
                return Open(path);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException($"{path} can't be opened, which who migrates {database} must hold: {exception.Message}", exception);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new IOException($"another process has been migrating {database} for {Patience.TotalSeconds:0} seconds (it holds {path}): end it, or wait until it is done", exception);
                }
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    // Whoever made it: to hold it, the right to read is enough; but for NFS, which locks for none who can't write (flock(2)).
    private static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION: .NET has no exception of its own for it.
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
