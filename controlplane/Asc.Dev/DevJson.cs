using System.Text.Json;

namespace Asc.Dev;

/// <summary>What dev.json says: where everything is, and the secrets of this run.</summary>
internal sealed record DevJson(
    bool Ready, int Pid, string DataDir, string Cli, string ControlPlane, string? Simulator, string AdminToken, ulong PolicyVersion,
    IReadOnlyList<DevNode> Nodes, IReadOnlyList<DevKey> Keys)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As a whole, or not at all; readable by the user only.</summary>
    /// <exception cref="DevException">It can't be written.</exception>
    public void Write(string path)
    {
        try
        {
            WriteWhole(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DevException($"{path} can't be written: {exception.Message} --dev-json FILE names another.");
        }
    }

    private void WriteWhole(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(temporary);
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, this, Format);
        }

        File.Move(temporary, path, overwrite: true);
    }
}

internal sealed record DevNode(string Name, string Region, string Url, string Admin, string DataDir);

/// <summary>A first request that the policy permits: which node, which key, which model.</summary>
internal sealed record FirstRequest(DevNode Node, DevKey Key, string Model);

internal sealed record DevKey(string Id, string Tenant, string Name, string Key);
