using System.Runtime.CompilerServices;
using Asc.Policy.Compilation;
using Polly.CircuitBreaker;

namespace Asc.DataPlane.Resilience;

/// <summary>The health of every deployment of the policy in force. What a new version no longer names is forgotten.</summary>
internal sealed class HealthBoard(TimeProvider clock, ResilienceLog log)
{
    private const int ReportedMaximum = 1000;
    private readonly Lock adopting = new();
    // A request of the pinned policy finds its deployments without a lock; a policy that is gone takes its entries along.
    private readonly ConditionalWeakTable<CompiledName, DeploymentHealth[]> byName = [];
    private volatile IReadOnlyDictionary<DeploymentIdentity, DeploymentHealth> deployments = new Dictionary<DeploymentIdentity, DeploymentHealth>();
    private Dictionary<string, RetryBudget> budgets = new(StringComparer.Ordinal);

    /// <summary>Every deployment.</summary>
    public IEnumerable<DeploymentHealth> All => deployments.Values;

    /// <summary>What the node tells of those that were called; of very many not all.</summary>
    public IEnumerable<Contracts.Distribution.V1.DeploymentHealth> Report()
    {
        var now = clock.GetTimestamp();
        return All.Where(health => health.Calls > 0).Take(ReportedMaximum).Select(health => new Contracts.Distribution.V1.DeploymentHealth
        {
            Provider = health.Identity.Provider,
            UpstreamModel = health.Identity.UpstreamModel,
            Region = health.Identity.Region,
            Circuit = health.Circuit switch { CircuitState.Closed => "closed", CircuitState.HalfOpen => "half-open", _ => "open" },
            Resting = health.IsResting(now),
            InFlight = (uint)health.InFlight,
            Calls = (ulong)health.Calls,
            Failures = (ulong)health.Failures,
            FirstTokenMs = health.FirstToken.Milliseconds,
            AnswerMs = health.Answer.Milliseconds,
        });
    }

    /// <summary>A policy comes into force: what it shares with the one before keeps its health.</summary>
    public void Adopt(CompiledPolicy policy)
    {
        lock (adopting)
        {
            var (known, adopted, spent) = (deployments, new Dictionary<DeploymentIdentity, DeploymentHealth>(), new Dictionary<string, RetryBudget>(StringComparer.Ordinal));
            foreach (var name in policy.Names)
            {
                var all = new DeploymentHealth[name.Candidates.Count];
                for (var place = 0; place < all.Length; place++)
                {
                    var candidate = name.Candidates[place];
                    var identity = new DeploymentIdentity(candidate.Provider.Name, candidate.Provider.BaseUrl, candidate.UpstreamModel, candidate.Region);
                    if (!adopted.TryGetValue(identity, out var health))
                    {
                        health = known.GetValueOrDefault(identity) ?? new(identity, BudgetOf(identity.Provider, spent), clock, log);
                        spent[identity.Provider] = health.Budget;
                        adopted.Add(identity, health);
                    }

                    all[place] = health;
                }

                byName.AddOrUpdate(name, all);
            }

            (deployments, budgets) = (adopted, spent);
        }
    }

    /// <summary>The health of a name's candidates, each at its place.</summary>
    public DeploymentHealth[] Of(CompiledName name) => byName.TryGetValue(name, out var found) ? found : throw new InvalidOperationException($"{name.Name} is of a policy that was never adopted");

    /// <summary>Those that are not to be called now, and those that asked to be left alone; a bit each, by its place.</summary>
    public static (ulong Unhealthy, ulong Resting) Look(DeploymentHealth[] candidates, long now)
    {
        var (unhealthy, resting) = (0UL, 0UL);
        for (var place = 0; place < candidates.Length; place++)
        {
            unhealthy |= candidates[place].IsOpen(now) ? 1UL << place : 0;
            resting |= candidates[place].IsResting(now) ? 1UL << place : 0;
        }

        return (unhealthy, resting);
    }

    private RetryBudget BudgetOf(string provider, Dictionary<string, RetryBudget> spent) =>
        spent.GetValueOrDefault(provider) ?? budgets.GetValueOrDefault(provider) ?? new(clock);
}
