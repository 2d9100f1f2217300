using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;

namespace Asc.Policy.Tests;

/// <summary>A request and all that it is judged by, so that what is told to mend can be mended by its words alone.</summary>
internal sealed partial record Mending(PolicyDocument Policy, string Path, string Name, string Region, Said Said, string[]? KeyModels, AccessSwitches Switches, RequestShape Shape)
{
    private static readonly (Regex Sentence, Func<Mending, GroupCollection, Mending> Apply)[] Mends =
    [
        (Resumed(), (at, said) => at with { Switches = at.Switches with { SuspendedTenants = [.. at.Switches.SuspendedTenants.Except([at.Policy.Tenants.Single(tenant => tenant.Path == said[1].Value).Id!])] } }),
        (Enabled(), (at, said) => at with
        {
            Switches = at.Switches with
            {
                DisabledModels = [.. at.Switches.DisabledModels.Where(name => said[1].Value != "model" || name != said[2].Value)],
                DisabledProviders = [.. at.Switches.DisabledProviders.Where(name => said[1].Value != "provider" || name != said[2].Value)],
            },
        }),
        (NodeElsewhere(), (at, said) => at with { Region = said[1].Value }),
        (WiderResidency(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with { AllowedRegions = [.. tenant.AllowedRegions ?? [], said[2].Value] })),
        (TagLeft(), (at, said) => at with { Said = at.Said with { Tags = [.. at.Said.Tags.Where(tag => tag.Key != said[1].Value)] } }),
        (TagWidened(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with
        {
            Tags = tenant.Tags! with { Allow = tenant.Tags.Allow.SetItem(said[2].Value, tenant.Tags.Allow[said[2].Value].Add(said[3].Value)) },
        })),
        (TagCarried(), (at, said) => at with { Said = at.Said with { Tags = [.. at.Said.Tags.Where(tag => tag.Key != said[1].Value), new(said[1].Value, said[2].Value)] } }),
        (WorkloadSaid(), (at, said) => at with { Said = at.Said with { Workload = said[1].Value } }),
        (WorkloadWidened(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with { Workloads = tenant.Workloads! with { Allow = tenant.Workloads.Allow!.Value.Add(said[2].Value) } })),
        (KeyOfWorkload(), (at, said) => at with { Said = at.Said with { Key = at.Said.Key! with { Workloads = [.. at.Said.Key.Workloads, said[1].Value] } } }),
        (ClassDefined(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with
        {
            DataClasses = (tenant.DataClasses ?? new([], ImmutableSortedDictionary<string, DataClassRule>.Empty)) is var own ? own with { Rules = own.Rules.SetItem(said[2].Value, new([])) } : null,
        })),
        (OutputBounded(), (at, said) => at with { Shape = at.Shape with { MaxOutputTokens = Math.Min(at.Shape.MaxOutputTokens, long.Parse(said[1].Value, System.Globalization.CultureInfo.InvariantCulture)) } }),
        (KeyUnnarrowed(), (at, _) => at with { KeyModels = null }),
        (Allowed(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with { AllowedModels = [.. tenant.AllowedModels ?? [], said[2].Value] })),
        (NoLongerDenied(), (at, said) => at.Tenants(said[1].Value, tenant => tenant with { DeniedModels = Without(tenant.DeniedModels, said[2].Value == "it" ? at.Name : said[2].Value) })),
        (WorkloadAllows(), (at, said) => at.Workloads(said[1].Value, workload => workload with { AllowedModels = [.. workload.AllowedModels!.Value, said[2].Value] })),
        (WorkloadNoLongerDenies(), (at, said) => at.Workloads(said[1].Value, workload => workload with { DeniedModels = Without(workload.DeniedModels, said[2].Value) })),
        (Fulfilled(), (at, said) => at.Fulfil(said[1].Value)),
        (GoesTo(), (at, said) => at with { Shape = at.Shape with { Operation = Operations.All.Single(operation => operation.Path() == said[1].Value) } }),
        (NotUsed(), (at, said) => at with { Shape = at.Shape with { Uses = at.Shape.Uses & ~UsesOf(said[1].Value) } }),
        (Able(), (at, said) => at.Models(said[1].Value, model => model with { Capabilities = model.Capabilities | UsesOf(said[2].Value) })),
        (PromptShorter(), (at, said) => at with { Shape = at.Shape with { PromptTokens = Math.Min(at.Shape.PromptTokens, Math.Max(0, Number(said[1]) - at.Shape.MaxOutputTokens)) } }),
        (WindowRaised(), (at, said) => at.Models(said[1].Value, model => model with { ContextWindow = null })),
        (Taken(), (at, said) => at with
        {
            Policy = at.Policy with
            {
                Routes = [.. at.Policy.Routes.Select(route => route.Name != said[1].Value ? route : route with { Targets = [.. route.Targets.Select(target => target.Model == said[2].Value ? target with { When = null } : target)] })],
            },
        }),
        (Raised(), (at, said) => at.Raise(said["models"].Value, said["key"].Success, said["field"].Value, said["kind"].Success, said["name"].Value)),
        (Attested(), (at, said) => at.Attest(said[1].Value, said[2].Value, said[3].Value.Split(" and "))),
    ];

    /// <summary>Which of several ways is taken.</summary>
    public int Way { get; init; }

    /// <summary>How much has been used of whatever is limited.</summary>
    public long Used { get; init; }

    /// <summary>The decision's trace.</summary>
    public DecisionTrace Explain()
    {
        var policy = PolicyCompiler.Compile(Policy, 1);
        NamePattern[]? keyModels = KeyModels is null ? null : [.. KeyModels.Select(text => new NamePattern(text))];
        var facts = new RequestFacts(policy.FindTenant(Path)!, policy.FindName(Name), policy.Regions.BitOf(Region), keyModels, Switches) { Attribution = Said.In(policy, Path), Shape = Shape };
        return PolicyExplainer.Explain(policy, facts with { Refusal = Refused(facts) }, Name, Region);
    }

    // The first limit that has no room, as a node's counters would say.
    private LimitRefusal? Refused(RequestFacts facts)
    {
        CompiledLimit[] limits =
        [
            .. facts.Tenant.KeyLimits, .. facts.Tenant.Limits.ToArray().Where(limit => facts.Name is { } name && limit.Counts(name)), .. facts.Workload.Limits,
            .. facts.Serving?.Candidates is [var first, ..] ? first.Model.Limits : [],
        ];
        return limits.FirstOrDefault(limit => limit.Value <= Used) is not { } full ? null
            : new(full.Kind, full.Value, full.Origin?.Path ?? "", full.Scope is LimitScope.TenantKey ? "k_1" : full.Scope is LimitScope.TenantWorkload ? $"workload {full.Part} in {Path}" : full.Counted, 1500)
            {
                Scope = full.Scope,
                Part = full.Part,
            };
    }

    /// <summary>With all of it mended; null where a sentence can't be taken by its words, e.g. as something is to be invented.</summary>
    public Mending? Mended(IEnumerable<string> wouldPassIf)
    {
        var mended = this;
        foreach (var condition in wouldPassIf.SelectMany(TakenOf))
        {
            var found = Mends.Select(mend => (mend.Apply, Match: mend.Sentence.Match(condition))).FirstOrDefault(mend => mend.Match.Success);
            if (found.Apply is null)
            {
                return null;
            }

            mended = found.Apply(mended, found.Match.Groups);
        }

        return mended;
    }

    private string[] TakenOf(string condition) => !condition.StartsWith(Either, StringComparison.Ordinal) ? [condition]
        : condition[Either.Length..].Split("; or ") is var ways ? ways[Way % ways.Length].Split("; and ") : [];

    private const string Either = "either ";

    private static long Number(Group said) => long.Parse(said.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static Capabilities UsesOf(string list) => list.Split(", ").Select(name => Enum.Parse<Capabilities>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)).Aggregate((some, other) => some | other);

    private Mending Models(string name, Func<ModelDocument, ModelDocument> change) =>
        this with { Policy = Policy with { Models = [.. Policy.Models.Select(model => model.Name == name ? change(model) : model)] } };

    private Mending Fulfil(string condition) => condition.Split(" and ").Aggregate(this, (at, part) => (part.Split(' ')[^1], part.Split(' ')) switch
    {
        (var last, ["workload", ..]) => at with { Said = at.Said with { Workload = last } },
        (var last, ["tag", var key, ..]) => at with { Said = at.Said with { Tags = [.. at.Said.Tags.Where(tag => tag.Key != key), new(key, last)] } },
        (var last, ["data", ..]) => at with { Said = at.Said with { DataClasses = [.. at.Said.DataClasses, last] } },
        (_, ["a", "prompt", "of", "at", "least", var least, _]) => at with { Shape = at.Shape with { PromptTokens = Math.Max(at.Shape.PromptTokens, int.Parse(least, System.Globalization.CultureInfo.InvariantCulture)) } },
        (_, ["a", "prompt", "of", "at", "most", var most, _]) => at with { Shape = at.Shape with { PromptTokens = Math.Min(at.Shape.PromptTokens, int.Parse(most, System.Globalization.CultureInfo.InvariantCulture)) } },
        (_, ["it", "uses", ..]) => at with { Shape = at.Shape with { Uses = at.Shape.Uses | UsesOf(part["it uses ".Length..]) } },
        _ => throw new InvalidOperationException($"how is \"{part}\" fulfilled?"),
    });

    /// <summary>What is told, and what of it would be told again.</summary>
    public override string ToString()
    {
        var told = Explain().WouldPassIf;
        return $"{Path} asks for {Name} in {Region}: told [{string.Join(" | ", told)}], then [{string.Join(" | ", Mended(told)?.Explain() is { } then ? then.WouldPassIf.Prepend(then.Message) : [])}]";
    }

    private static ImmutableArray<string> Without(ImmutableArray<string> patterns, string name) => [.. patterns.Where(text => !new NamePattern(text).Matches(name))];

    private Mending Tenants(string paths, Func<TenantDocument, TenantDocument> change) =>
        this with { Policy = Policy with { Tenants = [.. Policy.Tenants.Select(tenant => paths.Split(" and ").Contains(tenant.Path) ? change(tenant) : tenant)] } };

    private Mending Raise(string models, bool ofKeys, string field, bool isWorkload, string name)
    {
        if (isWorkload)
        {
            return Workloads(name, workload => workload with { Limits = Raised(workload.Limits, field) });
        }

        return !Gens.Paths.Contains(name)
            ? this with { Policy = Policy with { Models = [.. Policy.Models.Select(model => model.Name == name ? model with { Limits = Raised(model.Limits, field) } : model)] } }
            : Tenants(name, tenant => tenant with
            {
                Limits = tenant.Limits with
                {
                    Own = models.Length == 0 && !ofKeys ? Raised(tenant.Limits.Own, field) : tenant.Limits.Own,
                    PerKey = ofKeys ? Raised(tenant.Limits.PerKey, field) : tenant.Limits.PerKey,
                    Models = [.. tenant.Limits.Models.Select(some => string.Join(", ", some.Models.Order(StringComparer.Ordinal)) == models ? some with { Limits = Raised(some.Limits, field) } : some)],
                },
            });
    }

    private LimitsDocument Raised(LimitsDocument limits, string field) => field switch
    {
        "requestsPerMinute" => limits with { RequestsPerMinute = Used + 1 },
        "tokensPerMinute" => limits with { TokensPerMinute = Used + 1 },
        _ => limits with { ConcurrentRequests = Used + 1 },
    };

    private Mending Workloads(string name, Func<WorkloadDocument, WorkloadDocument> change) =>
        this with { Policy = Policy with { Workloads = [.. Policy.Workloads.Select(workload => workload.Name == name ? change(workload) : workload)] } };

    private Mending Attest(string upstreamModel, string provider, string[] attestations)
    {
        var inherited = Policy.Providers.Single(one => one.Name == provider).Attestations;
        return this with
        {
            Policy = Policy with
            {
                Models =
                [
                    .. Policy.Models.Select(model => model with
                    {
                        Deployments =
                        [
                            .. model.Deployments.Select(one => one.UpstreamModel == upstreamModel && one.Provider == provider ? one with { Attestations = [.. one.Attestations ?? inherited, .. attestations] } : one),
                        ],
                    }),
                ],
            },
        };
    }

    [GeneratedRegex(@"^the request fulfils the condition of the target \S+: (.+)$")]
    private static partial Regex Fulfilled();

    [GeneratedRegex(@"^the request goes to (/[^ ,]+)")]
    private static partial Regex GoesTo();

    [GeneratedRegex(@"^the request does not use (.+), or ")]
    private static partial Regex NotUsed();

    [GeneratedRegex(@"^capabilities of the Model (\S+) include (.+)$")]
    private static partial Regex Able();

    [GeneratedRegex(@"^the prompt.* at most (\d+) tokens")]
    private static partial Regex PromptShorter();

    [GeneratedRegex(@"^contextWindow of the Model (\S+) is raised$")]
    private static partial Regex WindowRaised();

    [GeneratedRegex(@"^targets\.when of the Route (\S+) lets (\S+) take it$")]
    private static partial Regex Taken();

    [GeneratedRegex(@"^(\S+) is resumed \(")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^the (model|provider) (\S+) is enabled again \(")]
    private static partial Regex Enabled();

    [GeneratedRegex(@"^the request goes to a node in (\w+)")]
    private static partial Regex NodeElsewhere();

    [GeneratedRegex(@"(?:^|, or )residency\.allow of (.+) includes (\S+)$")]
    private static partial Regex WiderResidency();

    [GeneratedRegex(@"^the request leaves the tag (\S+) to its key")]
    private static partial Regex TagLeft();

    [GeneratedRegex(@"(?:^|, or )tags\.allow of (.+) includes (\S+)=(\S+)$")]
    private static partial Regex TagWidened();

    [GeneratedRegex(@"^the request carries the tag (\S+) \(x-asc-tags: \S+=(\S+)\)$")]
    private static partial Regex TagCarried();

    [GeneratedRegex(@"^the request is (\S+).* \(x-asc-workload\)")]
    private static partial Regex WorkloadSaid();

    [GeneratedRegex(@"^workloads\.allow of (.+) includes (\S+)$")]
    private static partial Regex WorkloadWidened();

    [GeneratedRegex(@"^a key of the tenant that is not narrowed, or is narrowed to (?!it,)(\S+), asks$")]
    private static partial Regex KeyOfWorkload();

    [GeneratedRegex(@"^dataClasses\.rules of (\S+) or a tenant above it defines (\S+)$")]
    private static partial Regex ClassDefined();

    [GeneratedRegex(@"^(?:it|the request) asks for at most (\d+)")]
    private static partial Regex OutputBounded();

    [GeneratedRegex(@"narrowed to it, asks$")]
    private static partial Regex KeyUnnarrowed();

    [GeneratedRegex(@"^models\.allow of ((?!the Workload).+) includes (\S+)$")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^models\.deny of ((?!the Workload).+) no longer names (\S+)$")]
    private static partial Regex NoLongerDenied();

    [GeneratedRegex(@"^models\.allow of the Workload (\S+) includes (\S+)$")]
    private static partial Regex WorkloadAllows();

    [GeneratedRegex(@"^models\.deny of the Workload (\S+) no longer names (\S+)$")]
    private static partial Regex WorkloadNoLongerDenies();

    [GeneratedRegex(@", or limits\.(?:models\[(?<models>.+)\]\.|(?<key>perKey)\.)?(?<field>\w+) of (?<kind>the Workload )?(?<name>\S+) is raised$")]
    private static partial Regex Raised();

    [GeneratedRegex(@"(?:^|, or )(\S+) of (\S+) attests (.+)$")]
    private static partial Regex Attested();
}
