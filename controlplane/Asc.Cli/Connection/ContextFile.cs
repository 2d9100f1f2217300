using System.Text.Json;
using System.Text.Json.Serialization;

namespace Asc.Cli.Connection;

/// <summary>Named control planes, in the user's configuration folder, readable by the user only: tokens are in it.</summary>
internal sealed class ContextFile
{
    public string? Current { get; set; }

    public SortedDictionary<string, SavedContext> Contexts { get; init; } = new(StringComparer.Ordinal);

    private static string Location => Path.Combine(
        Environment.GetEnvironmentVariable("ASC_CONFIG_DIR") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "asc"),
        "contexts.json");

    public static ContextFile Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Location), ContextFileJson.Default.ContextFile) ?? new();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new();
        }
        catch (JsonException exception)
        {
            throw new CliException(ExitCode.Refused, "invalid_contexts", $"{Location} can't be read: {exception.Message}", "mend or remove it");
        }
    }

    public void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Location)!);
        var temporary = Location + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, this, ContextFileJson.Default.ContextFile);
        }

        File.Move(temporary, Location, overwrite: true);
    }
}

/// <summary>One control plane.</summary>
internal sealed record SavedContext(string Server, string? Token, string? TokenFile);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ContextFile))]
internal sealed partial class ContextFileJson : JsonSerializerContext;
