using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi.Replies;

namespace Asc.Simulator.OpenAi;

/// <summary>What is different where somebody else serves the API.</summary>
internal sealed record Platform
{
    /// <summary>OpenAI's own.</summary>
    public static Platform OpenAi { get; } = new();

    /// <summary>The model, where it is known without the body; else null.</summary>
    public string? Deployment { get; init; }

    /// <summary>Says an error in other words.</summary>
    public Func<IProviderError, IProviderError> Reword { get; init; } = error => error;

    /// <summary>Why what the user said last is not even let through to the model; null: it is.</summary>
    public Func<string, IProviderError?> Filter { get; init; } = _ => null;

    /// <summary>What answers have besides; null: nothing.</summary>
    public ChatExtras? Extras { get; init; }
}
