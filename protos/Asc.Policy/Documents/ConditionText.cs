using System.Globalization;

namespace Asc.Policy.Documents;

/// <summary>A target's condition as people read it.</summary>
public static class ConditionText
{
    /// <summary>E.g. "workload batch and tag env is prod".</summary>
    public static string Of(TargetConditionDocument when)
    {
        var parts = new List<string>();
        if (!when.Workloads.IsEmpty)
        {
            parts.Add($"workload {string.Join(" or ", when.Workloads)}");
        }

        parts.AddRange(when.Tags.Select(tag => $"tag {tag.Key} is {string.Join(" or ", tag.Value)}"));
        if (!when.DataClasses.IsEmpty)
        {
            parts.Add($"data class {string.Join(" or ", when.DataClasses)}");
        }

        if (when.AtLeast > 0 || when.AtMost is not null)
        {
parts.Add(PromptText(when.AtLeast, when.AtMost));
        }

        if (when.Uses != Capabilities.None)
        {
            parts.Add($"it uses {Of(when.Uses)}");
        }

        return parts.Count == 0 ? "always" : string.Join(" and ", parts);
    }

    private static string PromptText(long least, long? most) => (least, most) switch
    {
        (_, null) => $"a prompt of at least {Number(least)} tokens",
        (0, { } bound) => $"a prompt of at most {Number(bound)} tokens",
        (_, { } bound) => $"a prompt of {Number(least)} to {Number(bound)} tokens",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>E.g. "chat, tools, json-schema"; "nothing".</summary>
    public static string Of(Capabilities capabilities, string separator = ", ")
    {
        (Capabilities Flag, string Name)[] all =
        [
            (Capabilities.Chat, "chat"), (Capabilities.Embeddings, "embeddings"), (Capabilities.Fim, "fim"),
            (Capabilities.Tools, "tools"), (Capabilities.Vision, "vision"), (Capabilities.JsonSchema, "json-schema"), (Capabilities.Streaming, "streaming"),
        ];
        return string.Join(separator, all.Where(one => capabilities.HasFlag(one.Flag)).Select(one => one.Name)) is { Length: > 0 } names ? names : "nothing";
    }
}
