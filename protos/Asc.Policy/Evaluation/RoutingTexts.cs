using System.Globalization;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;

namespace Asc.Policy.Evaluation;

/// <summary>What people read of how a route chooses.</summary>
internal static class RoutingTexts
{
    private static readonly PolicyRule[] CandidateRules =
    [
        PolicyRule.ModelsDeny, PolicyRule.WorkloadModels, PolicyRule.Residency, PolicyRule.Attestations, PolicyRule.ModelEnabled, PolicyRule.ProviderEnabled,
        PolicyRule.TargetCondition, PolicyRule.ProviderProtocol, PolicyRule.ModelCapabilities, PolicyRule.ModelContextWindow, PolicyRule.DeploymentHealthy,
    ];

    /// <summary>Of the rules for candidates the last one tells why none is left: whatever was judged before it left some.</summary>
    public static string Outcome(PolicyRule rule, in Decision decision, bool isReached) => decision.Rule == rule ? "fail"
        : decision.IsAllowed || decision.Rule.IsLimit() || (isReached && Array.IndexOf(CandidateRules, rule) < Array.IndexOf(CandidateRules, decision.Rule)) ? "pass"
        : "skip";

    public static string NotOffered(CompiledCandidate candidate, in RequestFacts facts)
    {
        var (shape, speaks) = (facts.Shape, $"{candidate.Provider.Name} speaks {candidate.Provider.Document.Protocol.Text()} (protocol of the Provider {candidate.Provider.Name})");
        if (!candidate.Provider.Offers(shape.Operation))
        {
            return $"{speaks}, which has no {shape.Operation.Path()}";
        }

        var lost = candidate.Loses(shape) & ~facts.Tenant.MayLose;
        var (inTranslation, byModel) = (lost & candidate.LosesInTranslation(shape), lost & ~candidate.LosesInTranslation(shape));
        var asked = candidate.IsAskedByItsTools(shape) ? $"{candidate.Model.Name} takes tools by responses (toolsBy of the Model {candidate.Model.Name})" : speaks;
        return string.Join("; ", new[]
        {
            inTranslation == RequestFeatures.None ? "" : $"{asked}, and what is translated for that loses {inTranslation.Text()}, which the request asks for",
            byModel == RequestFeatures.None ? "" : $"{candidate.Model.Name} takes no {byModel.Text()} (unsupported and reasoning of the Model {candidate.Model.Name}), and the request asks for that",
        }.Where(static reason => reason.Length > 0));
    }

    public static string NotTaken(CompiledTarget target, in RequestFacts facts) => target.IsFulfilledBy(facts)
        ? $"an earlier target of the route takes the request to {target.Model.Name}"
        : $"taken only when {ConditionText.Of(target.When!)}";

    public static string Lacking(CompiledName model, in RequestShape shape)
    {
        var (able, lacking) = (model.Traits!.Capabilities, shape.Needs & ~model.Traits.Capabilities);
        return (lacking & Capabilities.Kinds) is var kinds and not Capabilities.None
            ? $"{model.Name} is no {ConditionText.Of(kinds, " or ")} model: it declares {ConditionText.Of(able & Capabilities.Kinds)} (capabilities of the Model {model.Name})"
            : lacking != Capabilities.None
            ? $"{model.Name} does not do {ConditionText.Of(lacking)}, which the request uses (capabilities of the Model {model.Name})"
            : string.Create(CultureInfo.InvariantCulture, $"an answer of {model.Name} has {model.Traits.MaxOutputTokens} tokens at most (maxOutputTokens of the Model {model.Name}), and the request asks for {shape.MaxOutputTokens}");
    }

    public static string TooLong(CompiledName model, in RequestShape shape) =>
        string.Create(CultureInfo.InvariantCulture, $"the prompt has about {shape.PromptTokens} tokens{(shape.MaxOutputTokens > 0 ? $" and the answer may have {shape.MaxOutputTokens}" : "")}, and the context window of {model.Name} holds {model.Traits!.ContextWindow} (contextWindow of the Model {model.Name})");

    /// <summary>What would let the target's model serve a request that the target takes: a change of the request, while the target still takes it, or of the model.</summary>
    public static IEnumerable<string> Conditions(RequestFacts facts, CompiledTarget target, CompiledCandidate candidate)
    {
        var (model, traits, shape) = (target.Model.Name, target.Model.Traits!, facts.Shape);
        var kind = shape.Operation.Kind() & ~traits.Capabilities;
        if (kind != Capabilities.None)
        {
            yield return $"{ToBeServed(facts, target, candidate)}capabilities of the Model {model} include {ConditionText.Of(kind)}";
        }

        if ((shape.Uses & ~traits.Capabilities & ~kind) is var lacking and not Capabilities.None)
        {
            var without = facts with { Shape = shape with { Uses = shape.Uses & ~lacking } };
            yield return $"{(StillTakes(target, facts, without) ? $"the request does not use {ConditionText.Of(lacking)}, or " : "")}capabilities of the Model {model} include {ConditionText.Of(lacking)}";
        }

        if (shape.MaxOutputTokens > traits.MaxOutputTokens)
        {
            yield return $"the request asks for at most {Number(traits.MaxOutputTokens)} tokens, or maxOutputTokens of the Model {model} is raised";
        }

        if (shape.PromptTokens + shape.MaxOutputTokens > traits.ContextWindow)
        {
            var shorter = facts with { Shape = shape with { PromptTokens = Math.Max(0, traits.ContextWindow - shape.MaxOutputTokens) } };
            var shortened = $"the prompt{(shape.MaxOutputTokens > 0 ? " and the answer that is asked for together have" : " has")} at most {Number(traits.ContextWindow)} tokens, or ";
            yield return $"{(StillTakes(target, facts, shorter) ? shortened : "")}contextWindow of the Model {model} is raised";
        }
    }

    /// <summary>Where the request would be served by the candidate: "the request goes to … or …, or "; empty where nowhere.</summary>
    public static string ToBeServed(RequestFacts facts, CompiledTarget target, CompiledCandidate candidate)
    {
        var paths = Operations.All.Where(operation =>
        {
            var there = facts with { Shape = facts.Shape with { Operation = operation } };
            return candidate.Serves(operation) && (candidate.Loses(there.Shape) & ~facts.Tenant.MayLose) == RequestFeatures.None && StillTakes(target, facts, there);
        }).Select(Operations.Path).ToArray();
        return paths.Length == 0 ? "" : $"the request goes to {string.Join(" or ", paths)}, or ";
    }

    private static bool StillTakes(CompiledTarget target, in RequestFacts facts, in RequestFacts changed) => target.IsFulfilledBy(changed) || !target.IsFulfilledBy(facts);

    /// <summary>What is judged of the request's shape, and how the route orders what it keeps.</summary>
    public static IEnumerable<CheckTrace> Checks(RequestFacts facts, CompiledName serving, Decision decision, bool isReached)
    {
        if (Array.Exists(serving.Targets, target => target.When is not null))
        {
            yield return Check(PolicyRule.TargetCondition, [new("targets", string.Join("; ", serving.Targets.Select(target => $"{target.Model.Name}: {(target.When is { } when ? ConditionText.Of(when) : "always")}")))], decision, isReached);
        }

        if (facts.Shape.Operation != Operation.Unspecified)
        {
            yield return Check(PolicyRule.ProviderProtocol, [new("endpoint", facts.Shape.Operation.Path()), .. Features(facts.Shape)], decision, isReached);
        }

        if (facts.Shape.Needs != Capabilities.None || facts.Shape.MaxOutputTokens > 0)
        {
            yield return Check(PolicyRule.ModelCapabilities, [new("uses", ConditionText.Of(facts.Shape.Needs)), new("maxOutputTokens", Number(facts.Shape.MaxOutputTokens))], decision, isReached);
        }

        if (facts.Shape.PromptTokens > 0)
        {
            yield return Check(PolicyRule.ModelContextWindow, [new("promptTokens", Number(facts.Shape.PromptTokens))], decision, isReached);
        }

        if (facts.Routing.Unhealthy != 0 || facts.Routing.Resting != 0)
        {
            yield return Check(
                PolicyRule.DeploymentHealthy,
                [new("failing", Providers(serving, facts.Routing.Unhealthy)), new("asked to be left alone", Providers(serving, facts.Routing.Resting))],
                decision, isReached);
        }
    }

    /// <summary>Why a candidate that may serve is asked after the others; null: it isn't.</summary>
    public static string? AskedLate(CompiledCandidate candidate, int place, in RoutingInputs routing) => ((routing.Limited >> place) & 1, (routing.Resting >> place) & 1) switch
    {
        (1, _) => $"asked last: {candidate.Model.Name} was at one of its limits",
        (_, 1) => "asked late: it had asked to be left alone",
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, string>> Features(RequestShape shape) => shape.Features == RequestFeatures.None ? [] : [new("features", shape.Features.Text())];

    private static CheckTrace Check(PolicyRule rule, KeyValuePair<string, string>[] inputs, Decision decision, bool isReached) =>
        new(rule, Outcome(rule, decision, isReached), inputs, "");

    private static string Providers(CompiledName serving, ulong places) =>
        DenialMessage.Join(serving.CandidateArray.Where((_, place) => (places & (1UL << place)) != 0).Select(candidate => candidate.Provider.Name));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
