using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.ControlPlane.Mediation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.ControlPlane.Explanation;

/// <summary>What a request would be like that nobody has sent.</summary>
internal static class ImaginedShape
{
    /// <exception cref="AdminException">It names an endpoint or a feature that there isn't.</exception>
    public static RequestShape Of(ExplainRequest request)
    {
        var operation = Operations.OfPath(request.Endpoint);
        if (operation == Operation.Unspecified && request.Endpoint.Length > 0)
        {
            throw Unknown("endpoint", request.Endpoint, Operations.All.Select(Operations.Path));
        }

        if (operation == Operation.Unspecified && request.Features.Count > 0)
        {
            throw new AdminException(AdminCodes.InvalidArgument, "What the request asks for is lost or not by where it is sent: name its endpoint, e.g. /v1/chat/completions.");
        }

        var features = request.Features.Aggregate(RequestFeatures.None, static (all, name) => all | Named(name));
        return new(CapabilityMapping.All(request.Uses), Tokens(request.PromptTokens), Tokens(request.MaxTokens), operation, features.WithCombinations());
    }

    private static long Tokens(ulong count) => (long)Math.Min(count, long.MaxValue);

    private static RequestFeatures Named(string name) =>
        RequestFeatureNames.All.FirstOrDefault(feature => feature.Value == name).Key is var feature and not RequestFeatures.None
            ? feature
            : throw Unknown("feature", name, RequestFeatureNames.All.Select(static feature => feature.Value));

    private static AdminException Unknown(string what, string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        return new(AdminCodes.InvalidArgument, $"There is no {what} \"{name}\": {(Suggestion.For(name, all) is { } near ? $"did you mean \"{near}\"?" : $"there are {string.Join(", ", all)}.")}");
    }
}
