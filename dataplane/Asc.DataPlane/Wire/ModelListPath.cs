namespace Asc.DataPlane.Wire;

/// <summary>Where clients ask which names they may ask for: <c>/v1/models</c>, below <c>/mistral</c> too, and one of them below that.</summary>
internal static class ModelListPath
{
    public const string Models = "/v1/models";

    /// <param name="path">As it came.</param>
    /// <param name="id">The name that is asked about; empty: all are.</param>
    public static bool TryParse(PathString path, out string id)
    {
        id = "";
        path = path.StartsWithSegments("/mistral", StringComparison.Ordinal, out var below) ? below : path;
        if (!path.StartsWithSegments(Models, StringComparison.Ordinal, out var rest))
        {
            return false;
        }

        id = rest.HasValue ? rest.Value!.Trim('/') : "";
        return true;
    }
}
