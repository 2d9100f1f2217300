using System.Text.Json;

namespace Asc.Simulator.OpenAi.Responses.Replies;

/// <summary>An event of a streamed response.</summary>
/// <param name="Type">Its name, which is said twice.</param>
/// <param name="Write">Writes its fields.</param>
/// <param name="IsContent">Whether it is a chunk of content, which takes the model time.</param>
/// <param name="Tokens">What is billed when it has been sent.</param>
/// <param name="Reasoning">Those of the tokens that were reasoning.</param>
internal sealed record ResponseEvent(string Type, Action<Utf8JsonWriter> Write, bool IsContent = false, int Tokens = 0, int Reasoning = 0);
