namespace Asc.Persistence;

/// <summary>A row whose concurrent change is noticed: <see cref="Revision"/> is a concurrency token that each save raises.</summary>
public interface IRevised
{
    /// <summary>Raised at each save.</summary>
    long Revision { get; set; }
}
