using System.Buffers;
using System.Collections.Immutable;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Telemetry.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Secrets;
using Asc.DataPlane.Wire;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using CsCheck;
using Google.Protobuf;

namespace Asc.DataPlane.Tests.Reporting;

public sealed class RecordEncoderTests
{
    private static readonly NodeIdentity Node = new("eu-1", "eu", 1);
    private static readonly EnforcedPolicy[] Policies = [Policy(1), Policy(2)];
    private static readonly AccessKey[] Keys = [Key("k_1", "t_a"), Key("k_2", "t_a"), Key("k_3", "t_b")];
    private static readonly ProviderCredential[] Credentials = [new("p-eu", "one"), new("p-eu", "two")];
    private static readonly AccessSwitches[] Switches = [AccessSwitches.None, AccessSwitches.None with { Sequence = 7 }];

    [Test]
    public void A_record_holds_what_the_exchange_was()
    {
        var record = Encode(new RecordEncoder(Node), Exchange(0, 0, 0, 0, 0, 1500, "r-1"), 9);

        Assert.Multiple(() =>
        {
            Assert.That((record.Sequence, record.Id, record.Tenant, record.KeyId, record.Region), Is.EqualTo((9UL, "r-1", "a", "k_1", "eu")));
            Assert.That((record.RequestedModel, record.ServedModel, record.Provider, record.UpstreamModel), Is.EqualTo(("m-0", "m-0", "p", "up-0")));
            Assert.That((record.PolicyVersion, record.CredentialFingerprint), Is.EqualTo((1UL, Credentials[0].Fingerprint)));
            Assert.That((record.Usage.Input, record.Usage.Output, record.Usage.Estimated), Is.EqualTo((1500UL, 2UL, true)));
            Assert.That(record.StartedAt.ToDateTimeOffset(), Is.EqualTo(DateTimeOffset.UnixEpoch.AddTicks(15_001_234)));
            Assert.That((record.DurationMs, record.TimeToFirstTokenMs), Is.EqualTo((12.5, 1.25)));
            Assert.That((record.Outcome, record.Code, record.Status, record.UpstreamStatus), Is.EqualTo((Outcome.Failed, "provider_error", 502u, 200u)));
        });
    }

    [Test]
    public void What_is_remembered_never_reaches_anothers_record()
    {
        var choice = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 1_000_000], Gen.Int[0, 7]);
        choice.Array[1, 60].Sample(choices =>
        {
            var shared = new RecordEncoder(Node);
            return choices.Select((c, i) => Exchange(c.Item1, c.Item2, c.Item3, c.Item4, c.Item5, c.Item6, $"r-{i}", c.Item7)).Select((exchange, i) =>
                Encode(shared, exchange, (ulong)i).Equals(Encode(new RecordEncoder(Node), exchange, (ulong)i))).All(same => same);
        });
    }

    private static ExecutionRecord Encode(RecordEncoder encoder, CompletedExchange exchange, ulong sequence)
    {
        var batch = new ArrayBufferWriter<byte>();
        encoder.Write(exchange, sequence, batch);
        return RecordBatch.Parser.ParseFrom(batch.WrittenSpan).Records.Single();
    }

    private static CompletedExchange Exchange(int policy, int key, int model, int credential, int switches, int input, string id, int said = 0)
    {
        var enforced = Policies[policy];
        // A name that nobody defined is the caller's own word.
        var name = enforced.Compiled.FindName($"m-{model}");
        return new()
        {
            RequestId = id, StartedAt = DateTimeOffset.UnixEpoch.AddTicks(15_001_234), Endpoint = model == 0 ? ApiEndpoint.ChatCompletions.Name : "GET /odd", Policy = enforced, Key = Keys[key],
            KeyModels = key == 1 ? [new NamePattern("m-*")] : null, Tenant = enforced.Compiled.FindTenantById(Keys[key].TenantId), Name = name, RequestedModel = name?.Name ?? $"unheard-of-{id}",
            Attribution = said == 0 ? null : Said(enforced.Compiled, enforced.Compiled.FindTenantById(Keys[key].TenantId)!, said),
            Candidate = name?.Candidates[0], Credential = Credentials[credential], Switches = Switches[switches], Usage = new(input, 0, 0, 2, 0, Estimated: true),
            TimeToFirstToken = TimeSpan.FromMilliseconds(1.25), Duration = TimeSpan.FromMilliseconds(12.5), Attempts = input % 3, Outcome = Outcome.Failed, Code = ErrorCode.ProviderError,
            Status = 502, UpstreamStatus = 200, TraceId = input % 2 == 0 ? null : new string('a', 32),
        };
    }

    [Test]
    public void A_record_holds_what_was_said_and_what_came_of_it()
    {
        var record = Encode(new RecordEncoder(Node), Exchange(0, 0, 0, 0, 0, 1500, "r-1", 7), 9);

        Assert.Multiple(() =>
        {
            Assert.That(record.Tags, Is.EqualTo(new Dictionary<string, string> { ["bu"] = "onc", ["env"] = "test", ["free"] = "r" }));
            Assert.That((record.Workload, record.DataClasses), Is.EqualTo(("night", new[] { "phi", "pii" })));
            Assert.That((record.Inputs.Tags, record.Inputs.Workload, record.Inputs.DataClasses), Is.EqualTo((new Dictionary<string, string> { ["env"] = "test", ["free"] = "r" }, "", new[] { "hr" })));
            Assert.That((record.Inputs.KeyTags["bu"], record.Inputs.KeyWorkloads, record.Inputs.KeyDataClasses), Is.EqualTo(("onc", new[] { "night" }, new[] { "phi" })));
        });
        Assert.That(Encode(new RecordEncoder(Node), Exchange(0, 0, 0, 0, 0, 1500, "r-1"), 9).Workload, Is.Empty, "of a request that nobody came to look at nothing is said");
    }

    // 1: nothing; then each of tags, workload, an unknown workload, a data class, a key, and several at once.
    private static RequestAttribution Said(CompiledPolicy policy, CompiledTenant tenant, int which) => RequestAttribution.Of(
        policy, tenant, which >= 6 ? new([new("bu", "onc")], ["night"], ["phi"]) : null,
        which is 2 or 7 ? [new("env", "test"), new("free", "r")] : [],
        which switch { 3 => "batch", 4 => "no-such", _ => null },
        which switch { 5 => ["phi"], 7 => ["hr"], _ => [] });

    private static AccessKey Key(string id, string tenant) => new(id, tenant, new byte[32], null, revoked: false, ByteString.Empty);

    private static TagsDocument Tags => new([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, ImmutableSortedDictionary<string, string>.Empty.Add("env", "prod"));

    private static DataClassesDocument Classes => new(["pii"], ImmutableSortedDictionary<string, DataClassRule>.Empty.Add("phi", new([])).Add("pii", new([])));

    private static EnforcedPolicy Policy(ulong version)
    {
        var document = new PolicyDocument(
            [new ProviderDocument("p", ProviderProtocol.OpenAi, "http://127.0.0.1:1/v1", "p-eu", "eu", PrivateNetwork: true)],
            [new ModelDocument("m-0", [new DeploymentDocument("p", "up-0")]), new ModelDocument("m-1", [new DeploymentDocument("p", "up-1")])], [],
            [new TenantDocument("a", ["m-*"], default, ["eu"], "t_a") { Tags = Tags, DataClasses = Classes }, new TenantDocument("b", ["m-*"], default, ["eu"], "t_b")]) { Workloads = [new("night")] };
        return new(new Snapshot(new(), new Manifest { Version = version }, ByteString.Empty, new Dictionary<ByteString, ByteString>()), PolicyCompiler.Compile(document, version), "eu");
    }
}
