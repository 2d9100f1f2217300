using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi;

/// <summary>A checked request for embeddings.</summary>
internal sealed class EmbeddingRequest(JsonElement body, EmbeddingModel model)
{
    public EmbeddingModel Model => model;

    /// <summary>What is embedded: texts, or tokens as the JSON that they came in.</summary>
    public IReadOnlyList<JsonElement> Inputs { get; } = Split(body.GetProperty("input"));

    public int Dimensions { get; } = body.TryGetPresent("dimensions", out var dimensions) ? dimensions.GetInt32() : model.Dimensions;

    public bool IsBase64 { get; } = body.TextOf("encoding_format") == "base64";

    public int PromptTokens => Inputs.Sum(Count);

    /// <summary>An input's tokens.</summary>
    public static int Count(JsonElement input) =>
        input.ValueKind == JsonValueKind.String ? TokenPieces.Estimate(input.GetString()!.Length) : input.GetArrayLength();

    private static JsonElement[] Split(JsonElement input) =>
        input.ValueKind == JsonValueKind.String || input[0].ValueKind == JsonValueKind.Number ? [input] : [.. input.EnumerateArray()];
}
