using System.Text.Json;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>An answer in JSON.</summary>
/// <param name="Schema">What it has to fit; null: any object will do.</param>
internal sealed record AnswerFormat(JsonElement? Schema);
