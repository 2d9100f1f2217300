using System.Globalization;

namespace Asc.ControlPlane.Replay;

/// <summary>Money, exactly: billionths of a unit of its currency.</summary>
internal readonly record struct NanoAmount(Int128 Nano, string Currency)
{
    private const uint Unit = 1_000_000_000;

    /// <summary>As an exact decimal, e.g. "-0.000125".</summary>
    public string Amount
    {
        get
        {
            var size = Int128.Abs(Nano);
            var fraction = ((uint)(size % Unit)).ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
            return $"{(Nano < 0 ? "-" : "")}{(size / Unit).ToString(CultureInfo.InvariantCulture)}{(fraction.Length > 0 ? "." : "")}{fraction}";
        }
    }
}
