using Asc.Contracts.Policy.V1;

namespace Asc.PolicyFiles;

/// <summary>A resource and where each part of it stands.</summary>
internal sealed record LocatedResource(Resource Resource, string File, int FirstLine, int LastLine, IReadOnlyDictionary<string, (int Line, int Column)> Positions)
{
    public bool Contains(int line) => line >= FirstLine && line <= LastLine;

    /// <summary>Of <paramref name="path"/>, or of the nearest part above it that is in the file.</summary>
    public (int Line, int Column) PositionOf(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (Positions.TryGetValue(at, out var position))
            {
                return position;
            }
        }

        return (FirstLine, 1);
    }
}
