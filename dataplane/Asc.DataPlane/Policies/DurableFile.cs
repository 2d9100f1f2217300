using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Asc.DataPlane.Policies;

/// <summary>
/// Files that survive a power cut, or say so. .NET 10 on Linux swallows fsync errors (FileStream.Flush(true)), hence the call of our own.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Replaces <paramref name="path"/> as a whole: afterwards it holds either all of <paramref name="content"/> or what it held before.</summary>
    /// <exception cref="IOException">The content is not known to be on the disk.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            Sync(handle, temporary);
        }

        File.Move(temporary, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds <paramref name="content"/> at <paramref name="offset"/>, the end of what is valid.</summary>
    /// <exception cref="IOException">The content is not known to be on the disk.</exception>
    public static void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.SetLength(handle, offset);
        RandomAccess.Write(handle, content, offset);
        Sync(handle, path);
        if (offset == 0)
        {
            SyncDirectory(Path.GetDirectoryName(path)!);
        }
    }

    private static void Sync(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
#pragma warning disable RS0030 // right on Windows, where it reports its errors
            RandomAccess.FlushToDisk(handle);
#pragma warning restore RS0030
        }
        else if (FSync(handle) != 0)
        {
            throw new IOException($"fsync of {path} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    // A rename is durable once its directory is.
    private static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(directory, 0);
        if (handle.IsInvalid || FSync(handle) != 0)
        {
            throw new IOException($"fsync of {directory} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
