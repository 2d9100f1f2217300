using Asc.DataPlane.Providers;
using Asc.DataPlane.Secrets;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Providers;

/// <summary>Last before the socket: whatever was decided and ranked before, nothing leaves for where the tenant may not be processed.</summary>
[TestFixture]
internal sealed class EgressDoorTests : GatewayFixture
{
    [Test]
    public async Task A_candidate_in_a_region_that_the_tenant_may_not_use_is_refused_though_it_was_offered()
    {
        await using var provider = new ScriptedProvider(static _ => Task.CompletedTask);
        await node.Snapshots.InstallAsync(
            publisher.Publish(2, "eu", [.. Resources(), TestPublisher.Provider("p-us", "us", new Uri(provider.Url, "/v1").ToString()), TestPublisher.Model("m-us", "p-us")]), publisher, default);
        var policy = node.Policy!.Compiled;
        var headers = new UpstreamHeaders();

        Assert.That(
            async () => await node.Get<EgressDoor>().OpenAsync(
                policy.FindTenant("acme")!, policy.FindName("m-us")!.Candidates[0], Operation.ChatCompletions, new ProviderCredential("p-us", "secret"), CompiledTimeouts.Default, headers, default),
            Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Refused).And.Message.Contains("acme may not be processed in us"));
        Assert.That((provider.Connections, headers.Lines.IsEmpty), Is.EqualTo((0, true)), "nor is the credential given out");
    }

    [Test]
    public async Task A_provider_is_given_no_other_s_credential()
    {
        await using var provider = new ScriptedProvider(static _ => Task.CompletedTask);
        await node.Snapshots.InstallAsync(publisher.Publish(2, "eu", Resources(url: new Uri(provider.Url, "/v1").ToString())), publisher, default);
        var policy = node.Policy!.Compiled;
        var headers = new UpstreamHeaders();

        Assert.That(
            async () => await node.Get<EgressDoor>().OpenAsync(
                policy.FindTenant("acme")!, policy.FindName("gpt-5-mini")!.Candidates[0], Operation.ChatCompletions, new ProviderCredential("p-us", "secret"), CompiledTimeouts.Default, headers, default),
            Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Refused).And.Message.Contains("the credential p-us is not p-eu's"));
        Assert.That((provider.Connections, headers.Lines.IsEmpty), Is.EqualTo((0, true)));
    }
}
