using Asc.Policy.Comparison;
using Google.Protobuf.Collections;

namespace Asc.ControlPlane.Policies;

/// <summary>What differs between two contents: what policy makes of it, and what it makes nothing of but another digest. Where these differ, there is a change to tell.</summary>
internal static class ContentComparison
{
    public static PolicyComparison Between(PolicyContent from, PolicyContent to)
    {
        var comparison = PolicyComparison.Compare(from.Document, to.Document);
        var changes = comparison.Changes.ToList();
        foreach (var after in to.Resources)
        {
            if (from.Find(after.Kind, after.Name) is not { } before || before.Sha256.AsSpan().SequenceEqual(after.Sha256))
            {
                continue;
            }

            var labels = LabelsText(before.Resource.Metadata.Labels, after.Resource.Metadata.Labels);
            var at = changes.FindIndex(change => change.Kind == after.Kind && change.Name == after.Name);
            if (at < 0)
            {
                changes.Add(new(after.Kind, after.Name, "change", $"{after.Name}{(labels.Length > 0 ? $": {labels}" : " is written otherwise and means the same")}"));
            }
            else if (labels.Length > 0)
            {
                changes[at] = changes[at] with { Text = $"{changes[at].Text}; {labels}" };
            }
        }

        return comparison with { Changes = changes };
    }

    private static string LabelsText(MapField<string, string> before, MapField<string, string> after) => string.Join("; ", before.Keys.Union(after.Keys)
        .Order(StringComparer.Ordinal)
        .Select(label => (label, was: Value(before, label), becomes: Value(after, label)))
        .Where(label => label.was != label.becomes)
        .Select(label => $"label {label.label} {label.was} becomes {label.becomes}"));

    private static string Value(MapField<string, string> labels, string name) => labels.TryGetValue(name, out var value) ? value : "(none)";
}
