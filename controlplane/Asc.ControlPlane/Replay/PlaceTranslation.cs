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
    // By place in the other policy, whose model is limited no less than it was.
    private readonly ulong limited;
    private readonly bool isDrawn;
    private readonly bool needsDraw;

    private PlaceTranslation(int[]? recordedPlaces, ulong limited, bool isDrawn, bool needsDraw) =>
        (this.recordedPlaces, this.limited, this.isDrawn, this.needsDraw) = (recordedPlaces, limited, isDrawn, needsDraw);

    /// <param name="recorded">What served under the recorded version; null where that isn't known.</param>
    /// <param name="against">What would serve now; null where nothing would.</param>
    public static PlaceTranslation Between(CompiledName? recorded, CompiledName? against)
    {
        var known = recorded?.Candidates.Select(Deployment.Of).ToArray() ?? [];
        var places = new int[against?.Candidates.Count ?? 0];
        var limited = 0UL;
        var met = new Dictionary<Deployment, int>();
        for (var place = 0; place < places.Length; place++)
        {
            // A model may name one deployment twice: the second is the second.
            var deployment = Deployment.Of(against!.Candidates[place]);
            var before = met.GetValueOrDefault(deployment, Unknown);
            var found = Array.IndexOf(known, deployment, before + 1);
            places[place] = found >= 0 ? found : before;
            met[deployment] = places[place];
            limited |= places[place] is var at and not Unknown && Holds(recorded!.Candidates[at].Model, against.Candidates[place].Model) ? 1UL << place : 0;
        }

        var isSame = known.Length == places.Length && places.Index().All(pair => pair.Index == pair.Item);
        return new(isSame ? null : places, limited, recorded?.NeedsDraw ?? false, against?.NeedsDraw ?? false);
    }

    /// <param name="routing">By the recorded places.</param>
    /// <param name="drawOf">What tells requests apart where nothing was drawn for them.</param>
    public RoutingInputs Translate(in RoutingInputs routing, string drawOf)
    {
        // Priority draws nothing; without a number of its own every request would go the same way.
        var draw = needsDraw && !isDrawn && routing.Draw == 0 ? StableHash.Of(drawOf) : routing.Draw;
        return recordedPlaces is null
            ? routing with { Draw = draw, Limited = routing.Limited & limited }
            : routing with
            {
                Draw = draw,
                Unhealthy = Places(routing.Unhealthy),
                Resting = Places(routing.Resting),
                Limited = Places(routing.Limited) & limited,
                Latencies = Latencies(routing.Latencies),
            };
    }

    // Which of its limits a model was at is not recorded: it is taken to be one that still holds, if any does.
    private static bool Holds(CompiledName recorded, CompiledName against)
    {
        foreach (var limit in against.Limits)
        {
            foreach (var before in recorded.Limits)
            {
                if (limit.Kind == before.Kind && limit.Value <= before.Value)
                {
                    return true;
                }
            }
        }

        return false;
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
