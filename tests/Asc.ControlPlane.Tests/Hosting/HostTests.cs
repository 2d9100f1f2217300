using System.Net;
using Asc.Contracts.Signing;
using Asc.ControlPlane.Tests.Testing;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class HostTests
{
    [Test]
    public void Cleartext_is_for_loopback_only()
    {
        var options = new ControlPlaneOptions { ConnectionString = "Data Source=x.db", Listen = "0.0.0.0" };
        Assert.That(() => ControlPlaneHost.Build(options, SigningKey.Generate("test")), Throws.TypeOf<ControlPlaneConfigurationException>().With.Message.Contains("TLS"));
    }

    [Test]
    public void All_that_is_wrong_with_the_options_is_told_at_once()
    {
        var options = new ControlPlaneOptions { Database = "oracle", Port = -1, CertificateFile = "a.pem" };
        Assert.That(
            () => ControlPlaneHost.Build(options, SigningKey.Generate("test")),
            Throws.TypeOf<ControlPlaneConfigurationException>().With.Message.Contains("oracle").And.Message.Contains("ConnectionString").And.Message.Contains("Port").And.Message.Contains("CertificateKeyFile"));
    }

    [Test]
    public void Without_a_signing_key_it_is_not_built() =>
        Assert.That(() => ControlPlaneHost.Build(new() { ConnectionString = "Data Source=x.db" }), Throws.TypeOf<ControlPlaneConfigurationException>().With.Message.Contains("keygen"));

    [Test]
    public async Task A_database_that_lacks_migrations_is_not_served()
    {
        var file = Path.Combine(Path.GetTempPath(), $"asc-{Guid.NewGuid():N}.db");
        await using var app = ControlPlaneHost.Build(new() { ConnectionString = $"Data Source={file}", Port = 0 }, SigningKey.Generate("test"));
        Assert.That(async () => await app.StartAsync(), Throws.TypeOf<ControlPlaneConfigurationException>().With.Message.Contains("migrate"));
        File.Delete(file);
    }

    [Test]
    public async Task Bootstrap_refuses_where_there_is_a_token_and_replaces_where_asked()
    {
        await using var plane = await TestPlane.StartAsync();
        Assert.That(async () => await ControlPlaneHost.BootstrapAsync(plane.Options, "second"), Throws.TypeOf<ControlPlaneConfigurationException>());
        var successor = plane.Note(await ControlPlaneHost.BootstrapAsync(plane.Options, "root", replace: true), token => token);
        Assert.That((await Refusal.OfAsync(plane.Admin.ListNodesAsync(new()))).Error.Code, Is.EqualTo("unauthenticated"), "the old one dies");
        await new Contracts.Admin.V1.Admin.AdminClient(plane.As(successor)).ListNodesAsync(new());
    }

    [Test]
    public async Task Health_has_a_port_of_its_own()
    {
        await using var plane = await TestPlane.StartAsync(configure: options => options.HealthPort = 0);
        using var client = new HttpClient { BaseAddress = new Uri(plane.Addresses.Health!) };
        Assert.That((await client.GetAsync("/healthz")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetAsync("/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
