using Asc.Contracts.Admin.V1;
using Asc.Contracts.Telemetry.V1;

namespace Asc.ControlPlane.Events;

internal static class UsageMapping
{
    public static UsageParts Parts(Usage usage) => new()
    {
        Reasoning = usage.Reasoning,
        LongCacheWrite = usage.LongCacheWrite,
        AudioInput = usage.AudioInput,
        ImageInput = usage.ImageInput,
        AudioOutput = usage.AudioOutput,
    };
}
