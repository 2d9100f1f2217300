using Asc.Contracts.Telemetry.V1;
using Asc.ControlPlane.Replay;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Tests;
using CsCheck;
using Google.Protobuf.WellKnownTypes;

namespace Asc.ControlPlane.Tests.Replay;

/// <summary>For whatever policies and requests.</summary>
internal sealed class ReplayProperties
{
    private static readonly Gen<PolicyDocument> Policies = Gen.Select(Gens.Policy, Gen.Enum<RouteStrategy>(), Gen.Bool).Select((policy, strategy, sticky) =>
        policy with { Routes = [.. policy.Routes.Select(route => route with { Strategy = strategy, Sticky = sticky ? new("x-session", false) : null })] });

    private static readonly Gen<DecisionInputs> Routing = Gen.Select(Gen.ULong[0, 1023], Gen.ULong[0, 1023], Gen.ULong, Gen.Float[0, 100].Array[0, 10], Gen.Int[0, 15], Gen.Int[0, 100_000])
        .Select((unhealthy, resting, draw, latencies, uses, prompt) => new DecisionInputs
        {
            UnhealthyCandidates = unhealthy, RestingCandidates = resting, Draw = draw, Latencies = { latencies }, Uses = (uint)uses, PromptTokens = (ulong)prompt,
        });

    private static readonly Gen<(string Path, string Name, string Region, Said Said, DecisionInputs Routing)> Requests =
        Gen.Select(Gen.OneOf(Gens.Paths), Gen.OneOf(Gens.Names), Gen.OneOf("eu", "us", "mars"), Gen.OneOf(AttributionGens.Said, Gen.Const(Said.Nothing)), Routing);

    [Test]
    public void Against_the_version_that_judged_nothing_changes() => Gen.Select(Policies, Requests).Sample((policy, request) =>
    {
        var (recorded, again) = (PolicyCompiler.Compile(policy, 1), PolicyCompiler.Compile(policy, 0));
        var replayed = new RecordReplay(again).Replay(request.Path, Record(recorded, request), recorded);
        return replayed.Kind == ReplayKind.Unchanged && replayed.Before == replayed.After;
    }, iter: 20_000);

    [Test]
    public void Against_another_policy_it_is_what_that_would_decide_of_the_same_request() => Gen.Select(Policies, Policies, Requests).Sample((policy, other, request) =>
    {
        request.Routing = new();
        var (recorded, against) = (PolicyCompiler.Compile(policy, 1), PolicyCompiler.Compile(other, 2));
        var record = Record(recorded, request);
        var replayed = new RecordReplay(against).Replay(request.Path, record, recorded);
        return replayed.Before == Verdict.Of(Decide(recorded, request, drawOf: null))
            && replayed.After == Verdict.Of(Decide(against, request, Facts(recorded, request).Serving?.NeedsDraw == true ? null : record.Id));
    }, iter: 20_000);

    [Test]
    public void What_is_remembered_of_one_record_is_said_of_no_other() => Gen.Select(Policies, Policies, Requests.Array[2, 12]).Sample((policy, other, requests) =>
    {
        var (recorded, against) = (PolicyCompiler.Compile(policy, 1), PolicyCompiler.Compile(other, 2));
        var together = new RecordReplay(against);
        return requests.Select(request => (request.Path, Record: Record(recorded, request))).All(one =>
            together.Replay(one.Path, one.Record, recorded) is var replayed
            && new RecordReplay(against).Replay(one.Path, one.Record, recorded) is var alone
            && replayed with { Facts = null } == alone with { Facts = null });
    }, iter: 3_000);

    private static ExecutionRecord Record(CompiledPolicy policy, (string Path, string Name, string Region, Said Said, DecisionInputs Routing) request)
    {
        var inputs = request.Routing.Clone();
        inputs.Tags.Add(request.Said.Tags.ToDictionary());
        inputs.Workload = request.Said.Workload ?? "";
        inputs.DataClasses.Add(request.Said.DataClasses);
        inputs.KeyTags.Add((request.Said.Key?.Tags ?? []).ToDictionary());
        inputs.KeyWorkloads.Add(request.Said.Key?.Workloads ?? []);
        inputs.KeyDataClasses.Add(request.Said.Key?.DataClasses ?? []);
        var record = new ExecutionRecord
        {
            Id = "0193-1", StartedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(56)), Tenant = request.Path, Region = request.Region,
            RequestedModel = request.Name, PolicyVersion = policy.Version, Inputs = inputs,
        };
        var decision = PolicyEvaluator.Evaluate(ControlPlane.Explanation.RecordFacts.Of(policy, policy.FindTenant(request.Path)!, record));
        record.Code = decision.Code.WireName();
        (record.Outcome, record.Provider) = decision.IsAllowed ? (Outcome.Ok, decision.Candidate!.Provider.Name) : (Outcome.Denied, "");
        return record;
    }

    private static Decision Decide(CompiledPolicy policy, (string Path, string Name, string Region, Said Said, DecisionInputs Routing) request, string? drawOf)
    {
        var facts = Facts(policy, request);
        return PolicyEvaluator.Evaluate(facts with { Routing = new(Draw: drawOf is not null && facts.Serving?.NeedsDraw == true ? StableHash.Of(drawOf) : 0) });
    }

    private static RequestFacts Facts(CompiledPolicy policy, (string Path, string Name, string Region, Said Said, DecisionInputs Routing) request) =>
        new(policy.FindTenant(request.Path)!, policy.FindName(request.Name), policy.Regions.BitOf(request.Region), null, AccessSwitches.None)
        {
            Attribution = request.Said.In(policy, request.Path),
        };
}
