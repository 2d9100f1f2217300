using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;

namespace Asc.Policy.Tests;

/// <summary>"It would pass if" is a promise: whoever does what it says, and no more, passes.</summary>
public sealed class MendingProperties
{
    private static readonly Gen<AccessSwitches> Switches = Gen.Select(Gen.Int[0, 3], AttributionGens.Some(["t0", "t1", "t3"]), AttributionGens.Some(["gpt-5", "o3", "chat"]), AttributionGens.Some(["p-eu", "p-us"]))
        .Select((some, tenants, models, providers) => some > 0 ? AccessSwitches.None : new AccessSwitches(1, [.. tenants], [.. models], [.. providers]));

    private static readonly Gen<Mending> Requests = Gen.Select(
        Gens.Policy, Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf("eu", "us", "mars"), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing)),
        Gen.Int[0, 3].Select(narrowed => narrowed == 0 ? new[] { "o3", "chat" } : null), Switches)
        .Select((policy, path, name, region, said, keyModels, switches) => new Mending(policy, path, name, region, said, keyModels, switches, default));

    private static readonly Gen<TargetConditionDocument?> When = Gen.Select(Gen.Int[0, 9], Gen.OneOf("batch", "night", "agent"), Gen.OneOf("x", "y")).Select((some, workload, value) => some switch
    {
        0 => Condition() with { Workloads = [workload] },
        1 => Condition() with { Workloads = ["night", "batch"], AtLeast = 50 },
        2 => Condition() with { Tags = Condition().Tags.Add("env", [value, "z"]) },
        3 => Condition() with { DataClasses = ["phi"] },
        4 => Condition() with { AtMost = 50 },
        5 => Condition() with { Uses = Capabilities.Vision },
        6 => Condition() with { Uses = value == "x" ? Capabilities.Chat : Capabilities.Embeddings },
        _ => null,
    });

    private static readonly Gen<Mending> Conditional = Gen.Select(
        Requests, When.Array[3], Gen.Int[0, 6].Array[3],
        Gen.Select(Gen.OneOf(Capabilities.None, Capabilities.Tools), Gen.OneOf(0L, 100L), Gen.OneOf(0L, 20L), Gen.OneOf(Operation.Unspecified, Operation.ChatCompletions, Operation.Embeddings, Operation.MistralFim)), Gen.Int[0, 2])
        .Select((request, when, traits, shape, way) => request with
        {
            Name = "chat",
            Way = way,
            Shape = new(shape.Item1, shape.Item2, shape.Item3, shape.Item4),
            Policy = request.Policy with
            {
                Routes = [.. request.Policy.Routes.Select(route => route with { Targets = [.. route.Targets.Select((target, i) => target with { When = when[i] })] })],
                Models =
                [
                    .. request.Policy.Models.Select((model, i) => traits[i] switch
                    {
                        0 => model with { Capabilities = Capabilities.Streaming },
                        1 => model with { ContextWindow = 60 },
                        2 => model with { Capabilities = Capabilities.Embeddings },
                        3 => model with { Capabilities = Capabilities.Chat | Capabilities.Tools },
                        4 => model with { Capabilities = Capabilities.Fim },
                        _ => model,
                    }),
                ],
            },
        });

    private static readonly Gen<LimitsDocument> Limits = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9]).Select((requests, tokens, concurrent) => new LimitsDocument(Value(requests), Value(tokens), Value(concurrent)));

    private static readonly Gen<TenantLimitsDocument> TenantLimits = Gen.Select(Limits, Limits, Gen.Select(Gen.OneOf("gpt-*", "o3", "*", "chat").Array[1, 2], Limits).Array[0, 2], Gen.Int[0, 5]).Select((own, perKey, models, output) => new TenantLimitsDocument(
        own, output == 0 ? 100 : null, perKey, [.. models.Select(some => new ModelLimitsDocument([.. some.Item1.Distinct()], some.Item2)).DistinctBy(some => string.Join(' ', some.Models.Order()))]));

    private static readonly Gen<Mending> Limited = Gen.Select(Requests, TenantLimits.Array[Gens.Paths.Length], Limits.Array[3], Limits.Array[8], Gen.Int[0, 150]).Select((request, tenants, models, workloads, output) => request with
    {
        Used = 3,
        Shape = new(MaxOutputTokens: output),
        Policy = request.Policy with
        {
            Tenants = [.. request.Policy.Tenants.Select((tenant, i) => tenant with { Limits = tenants[i] })],
            Models = [.. request.Policy.Models.Select((model, i) => model with { Limits = models[i] })],
            Workloads = [.. request.Policy.Workloads.Select((workload, i) => workload with { Limits = workloads[i] })],
        },
    });

    // Counters say of one limit only that it has no room: the next one is told when that has.
    [Test]
    public void Whoever_raises_each_limit_that_is_told_passes()
    {
        var seen = new HashSet<(PolicyRule, string)>();
        Limited.Sample(
            request =>
            {
                var (trace, told) = (request.Explain(), new HashSet<string>());
                while (!trace.Decision.IsAllowed && trace.WouldPassIf.Count > 0 && request.Mended(trace.WouldPassIf) is { } mended)
                {
                    var after = mended.Explain();
                    if (after.Decision.IsAllowed)
                    {
                        return true;
                    }

                    var kind = trace.Decision.Rule.WireName();
                    if (kind.StartsWith("limits.", StringComparison.Ordinal))
                    {
                        seen.Add((trace.Decision.Rule, trace.Message.Split(' ')[0].Split('[')[0]));
                    }

                    if (after.Decision.Rule != PolicyRule.DataClassDefined && !told.Add(after.Message))
                    {
                        return false;
                    }

                    (request, trace) = (mended, after);
                }

                return true;
            },
            iter: 6_000,
            threads: 1);
        Assert.That(seen.Select(limit => limit.Item1).Distinct(), Is.SupersetOf(new[] { PolicyRule.RequestsPerMinute, PolicyRule.TokensPerMinute, PolicyRule.ConcurrentRequests }));
        Assert.That(seen.Select(limit => limit.Item2), Has.Member("limits.models").And.Member("limits.perKey.requestsPerMinute").And.Member("limits.requestsPerMinute"));
    }

    private static long? Value(int drawn) => drawn is > 0 and < 6 ? drawn : null;

    [Test]
    public void Each_way_that_a_route_leaves_passes()
    {
        var (mended, several, fulfilled, elsewhere) = (0, 0, 0, 0);
        Conditional.Sample(
            request =>
            {
                var trace = request.Explain();
                if (trace.Decision.IsAllowed || trace.WouldPassIf.Count == 0 || request.Mended(trace.WouldPassIf) is not { } changed)
                {
                    return true;
                }

                mended++;
                several += trace.WouldPassIf.Any(condition => condition.StartsWith("either ", StringComparison.Ordinal)) ? 1 : 0;
                fulfilled += trace.WouldPassIf.Any(condition => condition.Contains("fulfils the condition", StringComparison.Ordinal)) ? 1 : 0;
                elsewhere += trace.WouldPassIf.Any(condition => condition.Contains("the request goes to /v1/", StringComparison.Ordinal)) ? 1 : 0;
                var after = changed.Explain();
                while (after.Decision.Rule == PolicyRule.DataClassDefined)
                {
                    changed = changed.Mended(after.WouldPassIf)!;
                    after = changed.Explain();
                }

                return after.Decision.IsAllowed;
            },
            iter: 20_000,
            threads: 1);
        Assert.That(new[] { mended, several, fulfilled, elsewhere }, Is.All.GreaterThan(100));
    }

    [Test]
    public void Whoever_mends_what_is_told_passes()
    {
        var (denied, applied) = (0, 0);
        var rules = new HashSet<PolicyRule>();
        Requests.Sample(
            request =>
            {
                var trace = request.Explain();
                if (trace.Decision.IsAllowed)
                {
                    return true;
                }

                denied++;
                if (request.Mended(trace.WouldPassIf) is not { } mended || trace.WouldPassIf.Count == 0)
                {
                    return true;
                }

                applied++;
                rules.Add(trace.Decision.Rule);
                var after = mended.Explain();
                // Of several classes without a rule only the first is known by name.
                while (after.Decision.Rule == PolicyRule.DataClassDefined)
                {
                    mended = mended.Mended(after.WouldPassIf)!;
                    after = mended.Explain();
                }

                return after.Decision.IsAllowed;
            },
            iter: 20_000,
            threads: 1);
        Assert.That(applied * 100 / denied, Is.GreaterThan(50), "percent of the denials can be mended by words alone");
        Assert.That(rules, Is.SupersetOf(new[]
        {
            PolicyRule.TenantActive, PolicyRule.NodeRegion, PolicyRule.KeyTags, PolicyRule.TagsAllow, PolicyRule.TagsRequire, PolicyRule.WorkloadDefined, PolicyRule.KeyWorkloads,
            PolicyRule.WorkloadsAllow, PolicyRule.DataClassDefined, PolicyRule.KeyModels, PolicyRule.ModelsAllow, PolicyRule.ModelsDeny, PolicyRule.WorkloadModels, PolicyRule.ModelEnabled,
            PolicyRule.ProviderEnabled, PolicyRule.Residency, PolicyRule.Attestations,
        }));
    }

    private static TargetConditionDocument Condition() => new([], System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty, []);
}
