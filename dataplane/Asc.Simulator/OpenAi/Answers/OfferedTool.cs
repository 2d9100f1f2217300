using System.Text.Json;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>A tool that the model may call.</summary>
/// <param name="IsCustom">Whether its input is free text.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The schema of a function's arguments; null: it has none.</param>
internal sealed record OfferedTool(bool IsCustom, string Name, JsonElement? Parameters);
