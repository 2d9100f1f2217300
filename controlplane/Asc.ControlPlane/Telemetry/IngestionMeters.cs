using System.Diagnostics.Metrics;

namespace Asc.ControlPlane.Telemetry;

/// <summary>What ingestion counts.</summary>
internal sealed class IngestionMeters(IMeterFactory meters)
{
    private readonly Meter meter = meters.Create("Asc.ControlPlane.Ingestion");

    public Counter<long> Stored => field ??= meter.CreateCounter<long>("asc.ingestion.stored", description: "Records stored.");

    public Counter<long> Refused => field ??= meter.CreateCounter<long>("asc.ingestion.refused", description: "Records refused: their tenant may not be served where they come from.");

    public Counter<long> Gaps => field ??= meter.CreateCounter<long>("asc.ingestion.gaps", description: "Batches that came with a gap before them.");
}
