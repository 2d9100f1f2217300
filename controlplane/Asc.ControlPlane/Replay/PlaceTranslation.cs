using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Replay;

/// <summary>
/// What a node knew of one policy's candidates, by their places, as what it would have known of another's. The same deployment is the same one:
/// its model, provider, name there, and region. One that the node was not asked about counts as well and untried.
/// </summary>
internal sealed class PlaceTranslation
{
    private const int Unknown = -1;

    // By place in the other policy; null: the places are the same.
    private readonly int[]? recordedPlaces;
    private readonly bool isDrawn;
    private readonly bool needsDraw;

    private PlaceTranslation(int[]? recordedPlaces, bool isDrawn, bool needsDraw) =>
        (this.recordedPlaces, this.isDrawn, this.needsDraw) = (recordedPlaces, isDrawn, needsDraw);

    /// <param name="recorded">What served under the recorded version; null where that isn't known.</param>
    /// <param name="against">What would serve now; null where nothing would.</param>
    public static PlaceTranslation Between(CompiledName? recorded, CompiledName? against)
    {
        var known = recorded?.Candidates.Select(Deployment.Of).ToArray() ?? [];
        var places = new int[against?.Candidates.Count ?? 0];
        var met = new Dictionary<Deployment, int>();
        for (var place = 0; place < places.Length; place++)
        {
            // A model may name one deployment twice: the second is the second.
            var deployment = Deployment.Of(against!.Candidates[place]);
            var before = met.GetValueOrDefault(deployment, Unknown);
            var found = Array.IndexOf(known, deployment, before + 1);
            places[place] = found >= 0 ? found : before;
            met[deployment] = places[place];
        }

        var isSame = known.Length == places.Length && places.Index().All(pair => pair.Index == pair.Item);
        return new(isSame ? null : places, recorded?.NeedsDraw ?? false, against?.NeedsDraw ?? false);
    }

    /// <param name="routing">By the recorded places.</param>
    /// <param name="drawOf">What tells requests apart where nothing was drawn for them.</param>
    public RoutingInputs Translate(in RoutingInputs routing, string drawOf)
    {
        // Priority draws nothing; without a number of its own every request would go the same way.
        var draw = needsDraw && !isDrawn && routing.Draw == 0 ? StableHash.Of(drawOf) : routing.Draw;
        return recordedPlaces is null
            ? routing with { Draw = draw }
            : routing with { Draw = draw, Unhealthy = Places(routing.Unhealthy), Resting = Places(routing.Resting), Latencies = Latencies(routing.Latencies) };
    }

    private ulong Places(ulong recorded)
    {
        var translated = 0UL;
        for (var place = 0; recorded != 0 && place < recordedPlaces!.Length; place++)
        {
            var from = recordedPlaces[place];
            translated |= from != Unknown && (recorded & (1UL << from)) != 0 ? 1UL << place : 0;
        }

        return translated;
    }

    private float[]? Latencies(float[]? recorded) =>
        recorded is null ? null : Array.ConvertAll(recordedPlaces!, from => from != Unknown && from < recorded.Length ? recorded[from] : 0);
}
