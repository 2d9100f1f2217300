namespace Asc.Policy.Validation;

/// <summary>One thing that every policy must fulfil. Rules don't know of each other and never stop at the first problem.</summary>
internal interface IPolicyRule
{
    IEnumerable<PolicyProblem> Check(ValidationContext context);
}
