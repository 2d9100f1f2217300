using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary>A checked request for embeddings.</summary>
internal sealed class EmbeddingRequest(JsonElement body, MistralModel model)
{
    public MistralModel Model => model;

    public IReadOnlyList<string> Inputs { get; } = body.GetProperty("input") is var input && input.ValueKind == JsonValueKind.String
        ? [input.GetString()!]
        : [.. input.EnumerateArray().Select(item => item.GetString()!)];

    public int Dimensions { get; } = body.TryGetPresent("output_dimension", out var dimension) ? dimension.GetInt32() : model.Dimensions.Default;

    /// <summary><c>float</c>, <c>int8</c>, <c>uint8</c>, <c>binary</c> or <c>ubinary</c>.</summary>
    public string DataType { get; } = body.TextOf("output_dtype") ?? "float";

    public bool IsBase64 { get; } = body.TextOf("encoding_format") == "base64";

    public int PromptTokens => Inputs.Sum(Answers.PromptTokens.Of);
}
