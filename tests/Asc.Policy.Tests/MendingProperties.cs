using Asc.Policy.Decisions;
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
}
