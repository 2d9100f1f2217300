namespace Asc.Dev;

/// <summary>The folder of one running Asc.Dev: private to its user, and to this process as long as it runs.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream claim;

    private DataDirectory(FileStream claim) => this.claim = claim;

    /// <exception cref="DevException">It can't be written, or another Asc.Dev uses it.</exception>
    public static DataDirectory Claim(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DevException($"the data directory {path} can't be made: {exception.Message} --data-dir DIR names another.");
        }

        try
        {
            return new(new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DevException($"the data directory {path} can't be written: {exception.Message} --data-dir DIR names another.");
        }
        catch (IOException exception)
        {
            throw new DevException($"the data directory {path} is not free: {exception.Message} Is another Asc.Dev running in it? --data-dir DIR names another.");
        }
    }

    public void Dispose() => claim.Dispose();
}
