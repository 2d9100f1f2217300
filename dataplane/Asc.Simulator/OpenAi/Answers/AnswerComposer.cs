using Asc.Simulator.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Answers;

/// <summary>Works out the answer to a question. The same question gets the same answer, but for ids, time and what the cache did.</summary>
internal sealed class AnswerComposer(SimulatorOptions options, PrefixCache cache, TimeProvider clock)
{
    private readonly ChoiceComposer _choices = new(options.MinAnswerTokens);

    /// <param name="question">What is asked.</param>
    /// <param name="account">Whose prompt cache is used.</param>
    public ChatAnswer Compose(Question question, string account)
    {
        var cached = cache.Use($"{account} {question.Model}", question.Prompt);
        return new ChatAnswer(
            WireId.New("chatcmpl-", 29),
            clock.GetUtcNow().ToUnixTimeSeconds(),
            question.Model,
            [.. Enumerable.Range(0, question.Choices).Select(index => _choices.Compose(question, index))],
            question.Prompt.Sum(part => part.Tokens) + PromptTokens.PerAnswer,
            ModelTraits.TellsCacheWrites(question.Model) ? cached : cached with { Written = 0 });
    }
}
