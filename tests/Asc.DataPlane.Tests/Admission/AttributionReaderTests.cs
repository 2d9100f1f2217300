using System.Collections.Immutable;
using Asc.Contracts.Distribution.V1;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Policies;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Asc.DataPlane.Tests.Admission;

public sealed class AttributionReaderTests
{
    [Test]
    public void A_request_that_says_nothing_costs_no_memory()
    {
        var (exchange, grant) = Begin();
        Assert.That(Read(exchange, grant), Is.Zero);
        Assert.That((exchange.Facts.Tags.Find("bu"), exchange.Facts.Tags.Find("env"), exchange.Facts.Workload.Name), Is.EqualTo(("onc", "prod", "batch")), "the key's and the tenant's own");
    }

    [Test]
    public void What_policy_knows_by_name_is_read_into_its_own_texts()
    {
        var (exchange, grant) = Begin();
        exchange.Http.Request.Headers["x-asc-workload"] = "batch";
        exchange.Http.Request.Headers["x-asc-data-class"] = "phi, pii";
        Assert.That(Read(exchange, grant), Is.Zero);

        exchange.Http.Request.Headers["x-asc-tags"] = new string("env=test".ToCharArray());
        exchange.GivenTags.Clear();
        Assert.That(AttributionReader.TryReadHeaders(exchange), Is.True);
        Assert.That(exchange.GivenTags.Single().Value, Is.SameAs(exchange.Tenant!.Tags.Find("env")!.Allowed![1]));
    }

    [Test]
    public void Tags_that_were_said_before_cost_no_memory()
    {
        var (exchange, grant) = Begin();
        exchange.Http.Request.Headers["x-asc-tags"] = "env=test";
        Assert.That(Read(exchange, grant), Is.Zero);
        Assert.That((exchange.Facts.Tags.Find("bu"), exchange.Facts.Tags.Find("env")), Is.EqualTo(("onc", "test")));
    }

    [Test]
    public void Tags_are_resolved_by_the_rules_and_the_key_of_the_request_whoever_said_the_same_before()
    {
        string[] keys = ["a", "b", "c"], values = ["1", "2"];
        var random = new Random(7);
        CompiledTags[] rules = [.. Enumerable.Range(0, 4).Select(_ => Policy(Some()).FindTenant("acme")!.Tags)];
        for (var i = 0; i < 20_000; i++)
        {
            var (own, given, bound) = (rules[random.Next(rules.Length)], Some().ToList(), Some().ToImmutableArray());
            var (kept, resolved) = (ResolvedTags.Of(own, given, bound), own.Resolve(given, bound));
            if (!kept.Items.SequenceEqual(resolved.Items) || !kept.Given.SequenceEqual(given) || !Equals(kept.Changed, resolved.Changed))
            {
                Assert.Fail($"[{string.Join(", ", kept.Items)}] is not [{string.Join(", ", resolved.Items)}]");
            }
        }

        IEnumerable<KeyValuePair<string, string>> Some() =>
            [.. keys.Where(_ => random.Next(2) == 0).Select(key => new KeyValuePair<string, string>(key, values[random.Next(values.Length)]))];
        static CompiledPolicy Policy(IEnumerable<KeyValuePair<string, string>> defaults) => PolicyCompiler.Compile(
            new([], [], [], [new("acme", ["*"], Id: "t") { Tags = new([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, defaults.ToImmutableSortedDictionary()) }]), 1);
    }

    // What reading the headers a thousand times allocates, once it is warm.
    private static long Read(GatewayExchange exchange, LoadedGrant grant)
    {
        var before = 0L;
        for (var i = 0; i < 1100; i++)
        {
            before = i == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            exchange.GivenTags.Clear();
            exchange.Attribution = new(grant.AttributionIn(exchange.Policy!.Compiled, exchange.Tenant!));
            if (!AttributionReader.TryReadHeaders(exchange) || !PolicyEvaluator.AdmitRequest(exchange.Facts).IsAllowed)
            {
                Assert.Fail(exchange.Error?.Message ?? "denied");
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (GatewayExchange Exchange, LoadedGrant Grant) Begin()
    {
        var document = new PolicyDocument([], [new("m", [])], [], [
            new("acme", ["*"], Id: "t")
            {
                Tags = new(["bu"], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("env", ["prod", "test"]), ImmutableSortedDictionary<string, string>.Empty.Add("env", "prod")),
                DataClasses = new([], ImmutableSortedDictionary<string, DataClassRule>.Empty.Add("phi", new([])).Add("pii", new([]))),
            },
        ]);
        var policy = new EnforcedPolicy(new Snapshot(new(), new Manifest(), ByteString.Empty, new Dictionary<ByteString, ByteString>()), PolicyCompiler.Compile(document, 1), "eu");
        var exchange = new GatewayExchange();
        exchange.Begin(new DefaultHttpContext(), null, policy, AccessSwitches.None, TimeProvider.System);
        exchange.Tenant = policy.Compiled.FindTenant("acme");
        exchange.Name = policy.Compiled.FindName("m");
        return (exchange, new(new KeyGrant { Tags = { ["bu"] = "onc" }, Workloads = { "batch" } }));
    }
}
