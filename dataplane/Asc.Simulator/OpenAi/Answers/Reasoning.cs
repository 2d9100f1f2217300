namespace Asc.Simulator.OpenAi.Answers;

/// <summary>How long the simulated model reasons.</summary>
/// <remarks>
/// Only where the request asks for it by an effort: at the API some models reason unasked, but then tests could not count the tokens that they see.
/// </remarks>
internal static class Reasoning
{
    public static int TokensOf(Question question) => !ModelTraits.Reasons(question.Model) ? 0 : question.Effort switch
    {
        "low" => 16,
        "medium" => 32,
        "high" => 64,
        "xhigh" => 128,
        "max" => 256,
        _ => 0,
    };
}
