using System.Text.Json;

namespace Asc.ControlPlane.Mediation;

/// <summary>The admin record of the running command. Before and after are JSON, without secrets.</summary>
internal sealed class RecordDraft
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was changed; a handler that leaves it empty is at fault.</summary>
    public string Subject { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string KeyId { get; set; } = "";

    public string Provider { get; set; } = "";

    public ulong PolicyVersion { get; set; }

    public string Before { get; private set; } = "";

    public string After { get; private set; } = "";

    /// <param name="before">An anonymous object or a dictionary; null where there was nothing.</param>
    /// <param name="after">The same; null where nothing is left.</param>
    public void Change(object? before, object? after)
    {
        Before = Json(before);
        After = Json(after);
    }

    private static string Json(object? value) => value is null ? "" : JsonSerializer.Serialize(value, Format);
}
