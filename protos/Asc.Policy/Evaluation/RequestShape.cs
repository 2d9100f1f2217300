using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>What a request is like, whoever asks.</summary>
/// <param name="Uses">What it uses.</param>
/// <param name="PromptTokens">How long its prompt is, estimated.</param>
/// <param name="MaxOutputTokens">How long it lets the answer be; 0: it doesn't say.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="Features">What of it not everybody can do.</param>
public readonly record struct RequestShape(
    Capabilities Uses = Capabilities.None, long PromptTokens = 0, long MaxOutputTokens = 0, Operation Operation = Operation.Unspecified, RequestFeatures Features = RequestFeatures.None)
{
    /// <summary>How long an answer is taken to be where nothing bounds it.</summary>
    public const long UsualOutputTokens = 1000;

    /// <summary>What a model has to be and do to serve it: the kind that its operation asks for, and what it uses.</summary>
    public Capabilities Needs => Uses | Operation.Kind();
}
