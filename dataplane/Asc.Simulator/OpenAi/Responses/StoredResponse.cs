using Asc.Simulator.Answers;

namespace Asc.Simulator.OpenAi.Responses;

/// <summary>What is remembered of a response, for those that go on from it.</summary>
/// <param name="OpenCalls">Its calls, which wait for their outputs.</param>
/// <param name="Prompt">Everything that was said up to it and in it.</param>
internal sealed record StoredResponse(IReadOnlyList<string> OpenCalls, IReadOnlyList<PromptPart> Prompt)
{
    public static StoredResponse None { get; } = new([], []);
}
