using Asc.Policy.Documents;

namespace Asc.Policy.Validation;

/// <summary>Finds everything that is wrong with a document, all at once.</summary>
public static class PolicyValidator
{
    private static readonly IPolicyRule[] Rules =
    [
        new NamesAreWellFormed(),
        new NamesAreUnique(),
        new ProvidersAreComplete(),
        new CredentialsHaveOneOrigin(),
        new ReferencesResolve(),
        new KnownHostsAreWhereTheySay(),
        new InferenceGeoIsTheRegion(),
        new ReportedRegionsAreNames(),
        new ModelsAreSensible(),
        new RoutesAreSensible(),
        new RetriesAreSensible(),
        new CandidatesAreFew(),
        new TenantsHaveParents(),
        new ObservationsMeanSomething(),
        new TagsAreWellFormed(),
        new WorkloadsResolve(),
        new DataClassesResolve(),
        new AttestationsAreGiven(),
        new TimeoutsAreSensible(),
        new PatternsMatch(),
        new LimitsAreSound(),
        new RegionsAreServed(),
        new ChildrenNarrow(),
        new AllowedModelsAreServable(),
    ];

    /// <param name="document">What would be enforced.</param>
    /// <param name="published">What is enforced now, to tell a child that grew from a parent that shrank; null where nothing is.</param>
    public static IReadOnlyList<PolicyProblem> Validate(PolicyDocument document, PolicyDocument? published = null)
    {
        var context = new ValidationContext(document, published);
        return [.. Rules.SelectMany(rule => rule.Check(context))];
    }
}
