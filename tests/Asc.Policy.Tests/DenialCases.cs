using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>A request that a rule denies, what its error says, and what would mend it.</summary>
internal sealed record DenialCase(string Tenant, string Asked, string Message, string[] WouldPassIf)
{
    public string Region { get; init; } = "eu";

    public string Tags { get; init; } = "bu=onc";

    public string? Workload { get; init; }

    public string[] DataClasses { get; init; } = [];

    public KeyAttribution? Key { get; init; }

    public string[]? KeyModels { get; init; }

    public AccessSwitches Switches { get; init; } = AccessSwitches.None;

    public RequestShape Shape { get; init; }

    public ulong Unhealthy { get; init; }

    public LimitRefusal? Refusal { get; init; }

    public DecisionTrace Explain()
    {
        var policy = PolicyCompiler.Compile(DenialCases.Document, 7);
        var tenant = policy.FindTenant(Tenant)!;
        KeyValuePair<string, string>[] tags = [.. Tags.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
        NamePattern[]? keyModels = KeyModels is null ? null : [.. KeyModels.Select(text => new NamePattern(text))];
        var facts = new RequestFacts(tenant, policy.FindName(Asked), policy.Regions.BitOf(Region), keyModels, Switches)
        {
            Attribution = RequestAttribution.Of(policy, tenant, Key, tags, Workload, DataClasses),
            Shape = Shape,
            Routing = new(Unhealthy),
            Refusal = Refusal,
        };
        return PolicyExplainer.Explain(policy, facts, Asked, Region);
    }
}

/// <summary>One denial by each rule there is.</summary>
internal static class DenialCases
{
    public static PolicyDocument Document { get; } = new(
        [
            new("openai-eu", ProviderProtocol.OpenAi, "https://eu.example/v1", "eu", "eu") { Attestations = ["hipaa-baa"] },
            new("openai-us", ProviderProtocol.OpenAi, "https://us.example/v1", "us", "us"),
        ],
        [
            new("small", [new("openai-eu", "small-1"), new("openai-us", "small-1")]) { ContextWindow = 32_000, MaxOutputTokens = 8000, Capabilities = Capabilities.Streaming },
            new("large", [new("openai-us", "large-1")]),
            new("bare", [new("openai-eu", "bare-1", Attestations: [])]),
            new("secret", [new("openai-eu", "secret-1")]),
            new("other", [new("openai-eu", "other-1")]),
        ],
        [new("chat", [new("small")]), new("nightly", [new("small", When: new(["batch"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, [], 0, null, Capabilities.None))])],
        [
            new("acme", ["*"], DeniedModels: ["secret"], AllowedRegions: ["eu", "us"], Id: "t_acme")
            {
                Tags = new(["bu"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("env", ["prod", "test"]), ImmutableSortedDictionary<string, string>.Empty),
                Workloads = new(["interactive", "batch", "night"], null),
                Limits = new(LimitsDocument.None, null, new(RequestsPerMinute: 6), []),
            },
            new("acme/health", ["chat", "small", "bare", "large", "nightly"], AllowedRegions: ["eu"], Id: "t_health")
            {
                Workloads = new(["interactive", "night"], null),
                DataClasses = new([], ImmutableSortedDictionary<string, DataClassRule>.Empty.Add("phi", new(["hipaa-baa"]))),
                Limits = new(new(RequestsPerMinute: 60), 4096, LimitsDocument.None, []),
            },
        ])
    {
        Workloads = [new("night", DeniedModels: ["large"])],
    };

    public static IReadOnlyDictionary<PolicyRule, DenialCase> All { get; } = new Dictionary<PolicyRule, DenialCase>
    {
        [PolicyRule.TenantActive] = new(
            "acme/health", "small", "The tenant acme/health is suspended: an admin suspended acme. Nothing is served for it until one resumes acme.", ["acme is resumed (asc tenant resume acme)"])
        {
            Switches = new(1, ["t_acme"], [], []),
        },
        [PolicyRule.NodeRegion] = new(
            "acme/health", "small", "acme/health may not be served in region \"us\": residency.allow of acme/health permits eu. Send the request to a node there.",
            ["the request goes to a node in eu, or residency.allow of acme/health includes us"]) { Region = "us" },
        [PolicyRule.KeyTags] = new(
            "acme", "small", "This key is bound to the tag bu=onc: a request may repeat it or leave it out, and not change it.",
            ["the request leaves the tag bu to its key, which is bound to onc"]) { Key = new([new("bu", "onc")], [], []), Tags = "bu=cardio" },
        [PolicyRule.TagsAllow] = new(
            "acme", "small", "The tag env of acme can't be \"dev\": tags.allow of acme permits prod, test.",
            ["the tag env is one of prod, test, or tags.allow of acme includes env=dev"]) { Tags = "bu=onc,env=dev" },
        [PolicyRule.TagsRequire] = new(
            "acme/health", "small", "Requests of acme/health carry the tag bu: tags.require of acme demands it. Send it as x-asc-tags: bu=….",
            ["the request carries the tag bu (x-asc-tags: bu=…)"]) { Tags = "" },
        [PolicyRule.WorkloadDefined] = new(
            "acme", "large", "There is no workload \"nihgt\" in policy version 7. Allowed here, as x-asc-workload: batch, interactive, night.",
            ["the request is batch or interactive (x-asc-workload), or a Workload named nihgt is published"]) { Workload = "nihgt" },
        [PolicyRule.KeyWorkloads] = new(
            "acme", "small", "This key is narrowed to night; the request is batch. Allowed here, as x-asc-workload: night.",
            ["the request is night (x-asc-workload), or a key of the tenant that is not narrowed, or is narrowed to batch, asks"]) { Key = new([], ["night"], []), Workload = "batch" },
        [PolicyRule.WorkloadsAllow] = new(
            "acme/health", "small", "acme/health takes no batch requests: workloads.allow of acme/health does not include it. Allowed here, as x-asc-workload: interactive, night.",
            ["the request is interactive or night (x-asc-workload), or workloads.allow of acme/health includes batch"]) { Workload = "batch" },
        [PolicyRule.DataClassDefined] = new(
            "acme/health", "small", "acme/health has no rule for the data class \"hr\", so nothing says what it demands. Known here: phi.",
            ["dataClasses.rules of acme/health or a tenant above it defines hr"]) { DataClasses = ["hr"] },
        [PolicyRule.ModelDefined] = new(
            "acme/health", "smal", "The model \"smal\" does not exist in policy version 7. Allowed here: bare, chat, small.",
            ["a Model or Route named smal is published", "models.allow of acme/health includes smal"]),
        [PolicyRule.KeyModels] = new(
            "acme", "large", "This key is narrowed to small; \"large\" is not among them. Allowed here: small.",
            ["a key of the tenant that is not narrowed, or is narrowed to it, asks"]) { KeyModels = ["small"] },
        [PolicyRule.ModelsAllow] = new(
            "acme/health", "other", "acme/health may not use \"other\": models.allow of acme/health does not include it. Allowed here: bare, chat, small.",
            ["models.allow of acme/health includes other"]),
        [PolicyRule.ModelsDeny] = new(
            "acme", "secret", "acme may not use \"secret\": models.deny of acme names it. Allowed here: bare, chat, large, other, small.", ["models.deny of acme no longer names it"]),
        [PolicyRule.WorkloadModels] = new(
            "acme", "large", "Requests of the workload night may not use \"large\": models.deny of the Workload names it. Allowed here: bare, chat, other, small.",
            ["models.deny of the Workload night no longer names large"]) { Workload = "night" },
        [PolicyRule.ModelEnabled] = new(
            "acme", "large", "\"large\" is switched off: an admin disabled the model. Allowed here: bare, chat, other, small.", ["the model large is enabled again (asc model enable large)"])
        {
            Switches = new(1, [], ["large"], []),
        },
        [PolicyRule.MaxOutputTokens] = new(
            "acme/health", "small", "5000 output tokens are more than limits.maxOutputTokens of acme/health permits: ask for at most 4096.",
            ["it asks for at most 4096 output tokens, or limits.maxOutputTokens of acme/health is raised"]) { Shape = new(MaxOutputTokens: 5000) },
        [PolicyRule.ConcurrentRequests] = new(
            "acme", "small", "limits.concurrentRequests of k_1 is 5, and as many requests of k_1 are under way.",
            ["another request of k_1 ends first, or limits.concurrentRequests of k_1 is raised"]) { Refusal = new(LimitKind.Concurrent, 5, "", "k_1", 0) },
        [PolicyRule.RequestsPerMinute] = new(
            "acme/health", "small", "limits.requestsPerMinute of acme/health is 60, and acme/health has used what there is of it. Try again in 2 s.",
            ["it comes 2 s later, or limits.requestsPerMinute of acme/health is raised"]) { Refusal = new(LimitKind.Requests, 60, "acme/health", "acme/health", 1200) },
        [PolicyRule.TokensPerMinute] = new(
            "acme", "small", "limits.tokensPerMinute of small is 1000, and small has used what there is of it. Try again in 1 s.",
            ["it comes 1 s later, or limits.tokensPerMinute of small is raised"]) { Refusal = new(LimitKind.Tokens, 1000, "", "small", 10) },
        [PolicyRule.ProviderEnabled] = new(
            "acme/health", "small", "\"small\" can't be served: an admin disabled openai-eu, which would serve it.", ["either the provider openai-eu is enabled again (asc provider enable openai-eu); or small gets a deployment in eu, or residency.allow of acme/health includes us"])
        {
            Switches = new(1, [], [], ["openai-eu"]),
        },
        [PolicyRule.Residency] = new(
            "acme/health", "large", "acme/health may not use \"large\": residency.allow of acme/health permits eu, and it is processed in us only. Allowed here: bare, chat, small.",
            ["large gets a deployment in eu, or residency.allow of acme/health includes us"]),
        [PolicyRule.Attestations] = new(
            "acme/health", "bare", "acme/health may not use \"bare\" for phi: dataClasses.rules of acme/health demand hipaa-baa, and no deployment that residency permits attests it. Allowed here: chat, small.",
            ["bare gets a deployment that attests hipaa-baa, or bare-1 of openai-eu attests hipaa-baa"]) { DataClasses = ["phi"] },
        [PolicyRule.TargetCondition] = new(
            "acme/health", "nightly", "No target of \"nightly\" takes the request: targets.when of the Route nightly permits small only when workload batch. Allowed here: bare, chat, small.",
            ["targets.when of the Route nightly lets small take it"]),
        [PolicyRule.ProviderProtocol] = new(
            "acme/health", "small", "\"small\" can't serve the request: openai-eu speaks openai (protocol of the Provider openai-eu), and what is translated for that loses top-k, which the request asks for.",
            ["the request does not ask for top-k, or featureGaps of acme/health is drop, or small gets a deployment of a provider that has /v1/messages itself"])
            { Shape = new(Operation: Operation.Messages, Features: RequestFeatures.TopK | RequestFeatures.Temperature) },
        [PolicyRule.ModelCapabilities] = new(
            "acme", "small", "\"small\" can't serve the request: small does not do vision, which the request uses (capabilities of the Model small). Allowed here: bare, large, other.",
            ["the request does not use vision, or capabilities of the Model small include vision"]) { Shape = new(Capabilities.Vision) },
        [PolicyRule.ModelContextWindow] = new(
            "acme", "small", "\"small\" can't serve the request: the prompt has about 40000 tokens, and the context window of small holds 32000 (contextWindow of the Model small). Allowed here: bare, large, other.",
            ["the prompt has at most 32000 tokens, or contextWindow of the Model small is raised"]) { Shape = new(PromptTokens: 40_000) },
        [PolicyRule.DeploymentHealthy] = new(
            "acme/health", "small", "No target of \"small\" that acme/health may use is well: openai-eu failed again and again, and is asked again in a few seconds.", ["either openai-eu answers again; or small gets a deployment in eu, or residency.allow of acme/health includes us"]) { Unhealthy = 1 },
    };
}
