using System.Text.Json;

namespace Asc.Simulator.Dialects;

/// <summary>An error in a protocol's own words and shape.</summary>
internal interface IProviderError
{
    /// <summary>HTTP status, 400 to 599.</summary>
    int Status { get; }

    /// <summary>Writes the body, which is also what a stream says when it fails after it began.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="requestId">The id that the response's headers carry.</param>
    void Write(Utf8JsonWriter json, string requestId);
}
