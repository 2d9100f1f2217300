namespace Asc.Policy.Documents;

/// <summary>Which of a document's own rules are recorded and not enforced. What isn't here never is: residency, attestations, authentication, revocation.</summary>
[Flags]
public enum ObservedRules
{
    None = 0,

    /// <summary><c>models.allow</c> and <c>models.deny</c>.</summary>
    Models = 1,

    /// <summary><c>tags.require</c> and <c>tags.allow</c>.</summary>
    Tags = 2,

    /// <summary><c>workloads.allow</c>.</summary>
    Workloads = 4,

    /// <summary><c>limits</c>.</summary>
    Limits = 8,
}
