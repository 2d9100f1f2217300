using System.Text;
using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy.V1;
using Google.Protobuf;

namespace Asc.DataPlane.Tests;

/// <summary>What requests say of themselves in headers and body, what their key says of them, and what the node makes of it.</summary>
[TestFixture]
internal sealed class AttributionTests : GatewayFixture
{
    private readonly BearerSecret bound = BearerSecret.Issue(SecretKind.ApiKey);

    [SetUp]
    public async Task GovernAsync()
    {
        var acme = TestPublisher.Tenant("acme", ["gpt-5-mini", "gpt-5"], "eu");
        acme.Tenant.Tags = new() { Require = { "bu" }, Allow = { ["env"] = new() { Values = { "prod", "test" } } }, Default = { ["env"] = "prod" } };
        acme.Tenant.Workloads = new() { Allow = new() { Values = { "interactive", "batch" } } };
        acme.Tenant.DataClasses = new() { Rules = { ["phi"] = new() { RequireAttestations = { "hipaa-baa" } }, ["pii"] = new() } };
        var attested = TestPublisher.Model("gpt-5-mini", "p-eu", "p-baa");
        var baa = TestPublisher.Provider("p-baa", "eu", simulator.OpenAiBaseUrl("eu").ToString());
        baa.Provider.Attestations.Add("hipaa-baa");
        var batch = new Resource { Metadata = new() { Name = "batch" }, Workload = new() { Models = new() { Deny = { "gpt-5" } } } };
        Secrets["p-baa"] = "baa-secret";
        await RestartNodeAsync();
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", [.. Resources().Take(1), baa, attested, TestPublisher.Model("gpt-5", "p-eu"), batch, acme]), publisher, default);
        var grant = publisher.Hold(new KeyGrant { Tags = { ["bu"] = "oncology" }, Workloads = { "batch" }, DataClasses = { "phi" } }.ToByteString());
        await SwitchAsync(TestPublisher.KeyOf(bound, "acme", key => key.GrantSha256 = grant));
    }

    // tags, workload, data class, metadata; then status, code, part of the message
    [TestCase(null, null, null, null, 400, "tag_required", "x-asc-tags: bu=")]
    [TestCase("bu=x,env=dev", null, null, null, 400, "tag_not_allowed", "permits prod, test")]
    [TestCase("bu=x,env=prod", null, null, "{\"env\":\"test\"}", 400, "invalid_request", "\"prod\" in x-asc-tags and \"test\" in \"metadata\"")]
    [TestCase("bu=x", null, null, "{\"env\":\"dev\"}", 400, "tag_not_allowed", "\"dev\"")]
    [TestCase("bu=x", null, null, "{\"trace\":\"a\",\"tr\\u0061ce\":\"b\"}", 400, "invalid_request", "\"trace\" stands twice in \"metadata\"")]
    [TestCase("bu=x", null, null, "{\"env\":7}", 400, "invalid_request", "\"metadata.env\" is a tag here")]
    [TestCase("bu=x", null, null, "{\"env\":\"\"}", 400, "invalid_request", "\"metadata.env\" is a tag here")]
    [TestCase("bu=x", null, null, "{\"env\":\"prod\",\"\\u0065nv\":\"test\"}", 400, "invalid_request", "\"env\" stands twice")]
    [TestCase("bu=x", null, null, "{\"env\":\"prod\",\"env\":\"prod\"}", 400, "invalid_request", "\"env\" stands twice")]
    [TestCase("bu=x", null, null, "[]", 400, "invalid_request", "must be an object")]
    [TestCase("bu", null, null, null, 400, "invalid_request", "key=value")]
    [TestCase("bu=x,", null, null, null, 400, "invalid_request", "key=value")]
    [TestCase("", null, null, null, 400, "invalid_request", "key=value")]
    [TestCase("bu=", null, null, null, 400, "invalid_request", "the value of bu")]
    [TestCase("bu=a=b", null, null, null, 400, "invalid_request", "the value of bu")]
    [TestCase("=x", null, null, null, 400, "invalid_request", "a key is made of")]
    [TestCase("b u=x", null, null, null, 400, "invalid_request", "a key is made of")]
    [TestCase("bu=x,bu=x", null, null, null, 400, "invalid_request", "the key bu stands twice")]
    [TestCase("a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1,n=1,o=1,p=1,bu=1", null, null, null, 400, "invalid_request", "more than 16")]
    [TestCase("bu=x", "agent", null, null, 403, "workload_not_allowed", "interactive")]
    [TestCase("bu=x", "nightly", null, null, 403, "workload_not_allowed", "no workload \"nightly\"")]
    [TestCase("bu=x", "a b", null, null, 400, "invalid_request", "names one workload")]
    [TestCase("bu=x", "", null, null, 400, "invalid_request", "names one workload")]
    [TestCase("bu=x", null, "hr", null, 400, "invalid_request", "Known here: phi, pii")]
    [TestCase("bu=x", null, "phi,", null, 400, "invalid_request", "separated by commas")]
    [TestCase("bu=x", null, "pii, hr", null, 400, "invalid_request", "\"hr\"")]
    public Task What_may_not_be_said_is_refused_and_nothing_sent(string? tags, string? workload, string? dataClass, string? metadata, int status, string code, string message) =>
        AssertRefusedAsync(Saying(tags, workload, dataClass, metadata), status, code, message);

    [Test]
    public Task A_long_key_is_refused() => AssertRefusedAsync(Saying($"bu=x,{new string('k', 65)}=1", null, null, null), 400, "invalid_request", "64 at most");

    [Test]
    public Task A_long_value_is_refused() => AssertRefusedAsync(Saying($"bu={new string('v', 257)}", null, null, null), 400, "invalid_request", "256");

    [Test]
    public Task A_model_that_its_workload_may_not_use_is_refused() =>
        AssertRefusedAsync(Saying("bu=x", "batch", null, null, "gpt-5"), 403, "model_not_allowed", "Requests of the workload batch may not use \"gpt-5\"");

    [Test]
    public Task A_model_that_nobody_attests_is_refused() =>
        AssertRefusedAsync(Saying("bu=x", null, "phi", null, "gpt-5"), 403, "attestation_required", "demand hipaa-baa");

    [TestCase("bu=x", null, "p-eu", "interactive", "bu=x,env=prod", "")]
    [TestCase("bu=x , env=test", "batch", "p-eu", "batch", "bu=x,env=test", "")]
    [TestCase("free=1,bu=x", null, "p-eu", "interactive", "bu=x,env=prod,free=1", "")]
    [TestCase("bu=x", null, "p-eu", "interactive", "bu=x,env=prod", "pii")]
    [TestCase("bu=x", null, "p-baa", "interactive", "bu=x,env=prod", "phi,pii")]
    public async Task What_is_said_is_judged_and_recorded(string tags, string? workload, string provider, string recorded, string recordedTags, string classes)
    {
        using var response = await client.SendAsync(Saying(tags, workload, classes.Length == 0 ? null : classes, null));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        var record = await RecordAsync();
        Assert.That((record.Provider, record.Workload, Text(record.Tags), string.Join(',', record.DataClasses)), Is.EqualTo((provider, recorded, recordedTags, classes)));
    }

    [Test]
    public async Task Metadata_is_tags_where_policy_names_them_and_is_forwarded_as_it_came()
    {
        const string Metadata = "{\"trace\": \"a,b\",  \"bu\":\"on\\u0063ology\", \"n\": 7}";
        using var response = await client.SendAsync(Saying(null, null, null, Metadata));

        Assert.That((int)response.StatusCode, Is.Not.EqualTo(403));
        var record = await RecordAsync();
        Assert.That((Text(record.Tags), Text(record.Inputs.Tags)), Is.EqualTo(("bu=oncology,env=prod", "bu=oncology")));
        Assert.That(Encoding.UTF8.GetString((await SeenAsync()).Body.Span), Does.Contain(Metadata));
    }

    [Test]
    public async Task Header_and_metadata_may_say_the_same()
    {
        using var response = await client.SendAsync(Saying("bu=x", null, null, "{\"bu\":\"x\"}"));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_tenant_that_asks_nothing_of_tags_leaves_metadata_to_the_provider()
    {
        await node.Snapshots.InstallAsync(publisher.Publish(3, "eu", Resources()), publisher, default);
        using var response = await client.SendAsync(Saying("bu=x", null, null, "{\"bu\":\"y\"}"));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(Text((await RecordAsync()).Tags), Is.EqualTo("bu=x"));
    }

    [TestCase("{\"trace\":\"a\",\"trace\":\"a\"}", 400)]
    [TestCase("{\"trace\":\"a\",\"Trace\":\"b\"}", 200)]
    public async Task Nobody_leaves_it_to_the_provider_which_of_two_entries_counts(string metadata, int status)
    {
        await node.Snapshots.InstallAsync(publisher.Publish(3, "eu", Resources()), publisher, default);
        using var response = await client.SendAsync(Saying(null, null, null, metadata));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task What_the_key_says_needs_no_header()
    {
        using var response = await client.SendAsync(Request(Chat, bound));
        var record = await RecordAsync();
        Assert.That((record.Provider, record.Workload, Text(record.Tags), string.Join(',', record.DataClasses)), Is.EqualTo(("p-baa", "batch", "bu=oncology,env=prod", "phi")));
        Assert.That((Text(record.Inputs.KeyTags), Text(record.Inputs.Tags), record.Inputs.KeyWorkloads.Single(), record.Inputs.KeyDataClasses.Single()), Is.EqualTo(("bu=oncology", "", "batch", "phi")));
    }

    [TestCase("bu=oncology,env=test", null, null, 200, "")]
    [TestCase("bu=cardiology", null, null, 400, "tag_not_allowed")]
    [TestCase(null, null, "{\"bu\":\"cardiology\"}", 400, "tag_not_allowed")]
    [TestCase(null, "interactive", null, 403, "workload_not_allowed")]
    public async Task What_the_key_says_a_request_may_repeat_and_not_change(string? tags, string? workload, string? metadata, int status, string code)
    {
        using var response = await client.SendAsync(Saying(tags, workload, "pii", metadata, key: bound));
        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
        var record = await RecordAsync();
        Assert.That((record.Code, record.Tags["bu"], string.Join(',', record.DataClasses)), Is.EqualTo((code, "oncology", "phi,pii")), "the key's own stands");
    }

    [Test]
    public async Task The_next_request_of_the_connection_knows_nothing_of_the_one_before()
    {
        for (var i = 0; i < 4; i++)
        {
            using var said = await client.SendAsync(Saying("bu=x", "batch", "phi", null));
            using var unsaid = await client.SendAsync(Saying(null, null, null, null));
            Assert.That(((int)said.StatusCode, (int)unsaid.StatusCode), Is.EqualTo((200, 400)));
        }
    }

    private async Task AssertRefusedAsync(HttpRequestMessage request, int status, string code, string message)
    {
        await AssertErrorAsync(request, status, code, message);
        Assert.That(simulator.Requests.Items, Is.Empty);
        Assert.That((await RecordAsync()).Code, Is.EqualTo(code));
    }

    private HttpRequestMessage Saying(string? tags, string? workload, string? dataClass, string? metadata, string model = "gpt-5-mini", BearerSecret? key = null)
    {
        var body = Chat.Replace("gpt-5-mini", model, StringComparison.Ordinal);
        var request = Request(metadata is null ? body : $"{body[..^1]},\"metadata\":{metadata}}}", key);
        foreach (var (name, value) in new[] { ("x-asc-tags", tags), ("x-asc-workload", workload), ("x-asc-data-class", dataClass) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static string Text(IEnumerable<KeyValuePair<string, string>> tags) => string.Join(',', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
