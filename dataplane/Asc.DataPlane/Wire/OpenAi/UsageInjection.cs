namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Whether usage must be asked for where the client didn't. A seam: tests prove that without it streams go uncounted.</summary>
internal interface IUsageInjection
{
    bool IsNeeded(in ModelRequest request);
}

/// <summary>A stream reports usage only when asked to; its extra chunk is then ASC's own and is hidden from the client.</summary>
internal sealed class UsageInjection : IUsageInjection
{
    public bool IsNeeded(in ModelRequest request) => request.Stream && !request.AsksForUsage;
}
