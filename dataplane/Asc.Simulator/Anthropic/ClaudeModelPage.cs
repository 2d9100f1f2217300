using System.Globalization;
using Asc.Simulator.Claude;

namespace Asc.Simulator.Anthropic;

/// <summary>The part of the list of models that a query asks for: so many, before or after one of them.</summary>
internal sealed record ClaudeModelPage(IReadOnlyList<ClaudeModel> Models, bool HasMore)
{
    private const int Default = 20;
    private const int Max = 1_000;

    /// <summary>What is wrong with the query; or, if nothing is, the page.</summary>
    public static (AnthropicError? Error, ClaudeModelPage? Page) Of(IQueryCollection query, IReadOnlyList<ClaudeModel> all)
    {
        var limit = Default;
        if (query.TryGetValue("limit", out var asked)
            && !(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Max))
        {
            return (AnthropicError.At("limit", $"Input should be a valid integer from 1 to {Max}"), null);
        }

        var (after, before) = (query["after_id"].ToString(), query["before_id"].ToString());
        if (after.Length > 0 && before.Length > 0)
        {
            return (AnthropicError.Invalid("Only one of before_id and after_id may be given"), null);
        }

        var cursor = after.Length > 0 ? after : before;
        var position = all.ToList().FindIndex(model => model.Name == cursor);
        if (cursor.Length > 0 && position < 0)
        {
            return (AnthropicError.At(after.Length > 0 ? "after_id" : "before_id", $"'{cursor}' is not the id of a model"), null);
        }

        return (null, before.Length > 0
            ? new ClaudeModelPage([.. all.Take(position).TakeLast(limit)], position > limit)
            : new ClaudeModelPage([.. all.Skip(position + 1).Take(limit)], all.Count - (position + 1) > limit));
    }
}
