using Asc.Contracts.Policy;
using Asc.DataPlane.Admission;
using Asc.Policy.Compilation;
using Asc.Policy.Evaluation;
using BenchmarkDotNet.Attributes;

namespace Asc.Benchmarks;

/// <summary>One decision, from the key's id to the ranked candidates, under the large policy; requests of ever other keys, as a node meets them.</summary>
[MemoryDiagnoser]
public class DecisionBenchmark
{
    private static readonly List<KeyValuePair<string, string>> Tags = [new("env", "prod"), new("project", "apollo")];
    private readonly AccessList access = new();
    private CompiledPolicy policy = null!;
    private string[] keys = [];
    private ulong region;
    private int next;

    [GlobalSetup]
    public void Prepare()
    {
        policy = PolicyCompiler.Compile(LargePolicy.Resources().ToDocument(LargePolicy.TenantId), 1);
        (var batch, keys, var grant) = LargePolicy.Access();
        access.Apply(batch);
        access.AddGrant(batch.Entries[0].Key.GrantSha256, new LoadedGrant(grant));
        region = policy.Regions.BitOf("eu");
        // In no order that a cache could guess.
        new Random(1).Shuffle(keys);
    }

    [Benchmark]
    public bool Allowed() => Decide("route-7");

    /// <summary>The request says tags itself, as one of its application did before.</summary>
    [Benchmark]
    public bool AllowedWithTags() => Decide("route-7", Tags);

    [Benchmark]
    public bool Denied() => Decide("model-151");

    private bool Decide(string model, List<KeyValuePair<string, string>>? tags = null)
    {
        next = next + 1 < keys.Length ? next + 1 : 0;
        var key = access.Find(keys[next])!;
        var tenant = policy.FindTenantById(key.TenantId)!;
        var grant = access.GrantOf(key)!;
        var known = grant.AttributionIn(policy, tenant);
        var facts = new RequestFacts(tenant, policy.FindName(model), region, grant.Models, access.Switches)
        {
            Attribution = new(known, tags is null ? null : ResolvedTags.Of(tenant.Tags, tags, known!.Declared.Tags)),
            Shape = new(PromptTokens: 900),
            Routing = new(Draw: (ulong)next),
        };
        var ranking = default(CandidateRanking);
        return PolicyEvaluator.Admit(facts).IsAllowed && PolicyEvaluator.AdmitUse(facts).IsAllowed && PolicyEvaluator.ChooseRoute(facts, ref ranking).IsAllowed;
    }
}
