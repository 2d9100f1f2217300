using Asc.Contracts.Admin.V1;
using Asc.Policy.Evaluation;

namespace Asc.ControlPlane.Policies;

/// <summary>Where the rules of a draft or a version are written, as far as whoever applied them said so.</summary>
internal static class RuleSources
{
    /// <summary>For a version's own row; null where nothing is known.</summary>
    public static byte[]? Of(PolicyContent content)
    {
        var sources = new ResourceSources { Sources = { content.Resources.Select(resource => resource.Source).OfType<ResourceSource>() } };
        return sources.Sources.Count == 0 ? null : CanonicalResource.Serialize(sources);
    }

    public static Source? SourceOf(this PolicyContent content, RuleDeclaration? declaration) =>
        declaration is null ? null : content.Find(declaration.Kind, declaration.Name)?.Source?.At(declaration.Path);

    /// <summary>The line of <paramref name="path"/>, or of the nearest part that encloses it.</summary>
    public static Source At(this ResourceSource source, string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (source.Lines.TryGetValue(at, out var line))
            {
                return new() { File = source.File, Line = line };
            }
        }

        return new() { File = source.File, Line = source.Line };
    }
}
