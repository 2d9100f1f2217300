using System.Text.Json;

namespace Asc.Simulator.OpenAi.Replies;

/// <summary>Fields that a platform adds to the API's answers.</summary>
/// <param name="WriteAnswer">Adds to a whole answer; in a stream they come in an event of their own, before all others.</param>
/// <param name="WriteChoice">Adds to a choice that says something, or, given false, to one that only begins or ends.</param>
internal sealed record ChatExtras(Action<Utf8JsonWriter> WriteAnswer, Action<Utf8JsonWriter, bool> WriteChoice);
