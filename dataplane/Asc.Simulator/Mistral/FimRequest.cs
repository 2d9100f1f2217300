using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary>A checked request to fill in what is between two texts, as far as an answer depends on it.</summary>
internal sealed class FimRequest(JsonElement body, MistralModel model)
{
    public MistralModel Model => model;

    public bool Stream { get; } = body.IsTrue("stream");

    public string Prompt { get; } = body.TextOf("prompt")!;

    /// <summary>Upper bound of tokens; null: none but the model's.</summary>
    public int? MaxTokens { get; } = body.TryGetPresent("max_tokens", out var max) ? max.GetInt32() : null;

    /// <summary>Lower bound of tokens.</summary>
    public int MinTokens { get; } = body.TryGetPresent("min_tokens", out var min) ? min.GetInt32() : 0;

    public IReadOnlyList<string> Stop { get; } = StopSequences.Of(body);

    public int PromptTokens => Answers.PromptTokens.Of(Prompt) + Answers.PromptTokens.Of(body.TextOf("suffix") ?? "");
}
