using System.Net;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Secrets;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.DataPlane.Tests.Secrets;

/// <summary>Where a node's operator says that a credential may go, policy can't send it elsewhere.</summary>
[TestFixture]
internal sealed class CredentialHostTests : GatewayFixture
{
    [Test]
    public async Task A_credential_of_another_host_is_not_sent_and_the_caller_and_the_record_learn_which()
    {
        var log = new LogCapture();
        Secrets["p-eu.host"] = "eu.api.openai.com";
        await RestartNodeAsync(services => services.AddLogging(logging => logging.AddProvider(log)));

        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target", "p-eu can't be called from eu-1", "credential \"p-eu\" is bound to another host");

        Assert.That(simulator.Requests.Items, Is.Empty);
        var record = await RecordAsync();
        Assert.Multiple(() =>
        {
            Assert.That((record.Code, record.Provider, record.CredentialName, record.Attempts), Is.EqualTo(("no_healthy_target", "p-eu", "p-eu", 0u)));
            Assert.That(log.Lines, Has.Some.Contains("is bound to eu.api.openai.com").And.Contains(simulator.OpenAiBaseUrl("eu").Authority));
            Assert.That(log.Lines, Has.None.Contains("provider-secret"));
        });
    }

    [Test]
    public async Task A_credential_goes_to_its_own_host()
    {
        Secrets["p-eu.host"] = simulator.OpenAiBaseUrl("eu").Authority;
        await RestartNodeAsync();

        using var response = await PostAsync(Chat);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("two\nlines")]
    [TestCase("a\ttab")]
    [TestCase("schlüssel")]
    public async Task What_no_header_can_carry_is_no_credential(string text)
    {
        Secrets["p-eu"] = text;
        await RestartNodeAsync();

        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target", "no credential");
        Assert.That(simulator.Requests.Items, Is.Empty);
    }

    [Test]
    public async Task What_is_not_a_host_permits_nothing_and_is_not_repeated()
    {
        var log = new LogCapture();
        Secrets["p-eu.host"] = "sk-proj-pasted";
        await RestartNodeAsync(services => services.AddLogging(logging => logging.AddProvider(log)));

        await AssertErrorAsync(Request(Chat), 503, "no_healthy_target", "bound to another host");
        Assert.That(simulator.Requests.Items, Is.Empty);
        Assert.That(log.Lines, Has.Some.Contains("p-eu").And.Contains("not host[:port]"));
        Assert.That(log.Lines, Has.None.Contains("sk-proj-pasted"));
    }

    [Test]
    public void The_door_itself_refuses_whatever_came_before()
    {
        var (policy, credential) = (node.Policy!.Compiled, new ProviderCredential("p-eu", "provider-secret", CredentialHost.Parse("eu.api.openai.com")));
        var (tenant, candidate) = (policy.FindTenant("acme")!, policy.FindName("gpt-5-mini")!.Candidates[0]);
        using var door = new EgressDoor(TimeProvider.System);
        var headers = new UpstreamHeaders();

        Assert.That(
            async () => await door.OpenAsync(tenant, candidate, Operation.ChatCompletions, credential, CompiledTimeouts.Default, headers, default),
            Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Refused).And.Message.Contains("eu.api.openai.com"));
        Assert.That(headers.Lines.IsEmpty, Is.True);
    }

    [TestCase("eu.api.openai.com", "https://eu.api.openai.com/v1", true)]
    [TestCase("EU.api.openai.com\n", "https://eu.api.openai.com/v1", true)]
    [TestCase("eu.api.openai.com:443", "https://eu.api.openai.com/v1", true)]
    [TestCase("eu.api.openai.com", "https://eu.api.openai.com:8443/v1", false)]
    [TestCase("eu.api.openai.com", "http://eu.api.openai.com/v1", false)]
    [TestCase("eu.api.openai.com", "http://eu.api.openai.com:443/v1", false)]
    [TestCase("eu.api.openai.com", "https://eu.api.openai.com.evil.example/v1", false)]
    [TestCase("10.1.2.3:8080", "http://10.1.2.3:8080/v1", true)]
    [TestCase("10.1.2.3:8080", "http://10.1.2.4:8080/v1", false)]
    [TestCase("[fd00::1]:8080", "http://[fd00::1]:8080/v1", true)]
    [TestCase("[fd00::1]", "https://[fd00::1]/v1", true)]
    [TestCase("bücher.example", "https://xn--bcher-kva.example/v1", true)]
    [TestCase("", "https://eu.api.openai.com/v1", false)]
    [TestCase("sk-proj-pasted", "https://sk-proj-pasted/v1", false)]
    [TestCase("*.openai.com", "https://eu.api.openai.com/v1", false)]
    [TestCase("https://eu.api.openai.com", "https://eu.api.openai.com/v1", false)]
    [TestCase("eu.api.openai.com/v1", "https://eu.api.openai.com/v1", false)]
    [TestCase("a@eu.api.openai.com", "https://eu.api.openai.com/v1", false)]
    [TestCase("eu.api.openai.com:", "https://eu.api.openai.com/v1", false)]
    [TestCase("eu.api.openai.com:0", "https://eu.api.openai.com/v1", false)]
    [TestCase("eu.api.openai.com, us.api.openai.com", "https://eu.api.openai.com/v1", false)]
    public void A_host_is_that_one_at_https_unless_it_names_a_port(string host, string url, bool permitted) =>
        Assert.That(CredentialHost.Parse(host).Permits(new(url)), Is.EqualTo(permitted));

    [Test]
    public void A_folder_holds_the_host_beside_the_secret_and_gives_it_out_as_a_host_only()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "openai-eu"), "s3cret\n");
        File.WriteAllText(Path.Combine(folder, "openai-eu.host"), "eu.api.openai.com\n");
        var source = new FileSecretSource(folder);

        Assert.That((source.Find("openai-eu"), source.FindHost("openai-eu"), source.FindHost("openai-us")), Is.EqualTo(("s3cret", "eu.api.openai.com", (string?)null)));
        Assert.That((source.Find("openai-eu.host"), source.FindHost("../openai-eu")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void The_environment_holds_the_host_in_a_variable_that_no_secret_can_have()
    {
        Environment.SetEnvironmentVariable("ASC_HOST_HOSTED_EU", "eu.api.openai.com");
        try
        {
            Assert.That(new EnvironmentSecretSource().FindHost("hosted-eu"), Is.EqualTo("eu.api.openai.com"));
            Assert.That(new EnvironmentSecretSource().FindHost("hosted-us"), Is.Null);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASC_HOST_HOSTED_EU", null);
        }
    }

    [Test]
    public void A_host_binds_the_secret_whichever_of_the_sources_says_it()
    {
        using var store = new SecretStore(
            [new GivenSecretSource(new Dictionary<string, string> { ["a"] = "s" }), new GivenSecretSource(new Dictionary<string, string> { ["a.host"] = "one.example" })],
            TimeProvider.System, node.Get<SecretLog>());
        store.Load([("a", new("https://two.example/v1"))]);

        Assert.That(store.Find("a")!.Host!.Permits(new("https://one.example/v1")), Is.True);
        Assert.That(store.Find("a")!.Host!.Permits(new("https://two.example/v1")), Is.False);
    }
}
