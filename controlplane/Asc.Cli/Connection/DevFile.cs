using System.Text.Json;

namespace Asc.Cli.Connection;

/// <summary>What a running Asc.Dev says of itself in its dev.json.</summary>
internal sealed record DevFile(string ControlPlane, string AdminToken)
{
    /// <summary>Null where there is no such file, or it isn't ready.</summary>
    public static DevFile? TryRead(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new(root.GetProperty("controlPlane").GetString()!, root.GetProperty("adminToken").GetString()!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
