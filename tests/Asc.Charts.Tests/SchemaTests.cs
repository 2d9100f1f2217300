namespace Asc.Charts.Tests;

/// <summary>A wrong value is refused before anything is installed, with its path and what is wrong with it.</summary>
internal sealed class SchemaTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static async Task<HelmResult> RenderAsync(string chart, string setting)
    {
        var values = ChartCase.All.First(one => one.Chart == chart && one.ValuesFile is "minimal-values.yaml" or "default-values.yaml" && one.Chart == chart);
        return await Helm.RunAsync(["template", "gateway", .. values.Arguments, "--set-json", setting]);
    }

    [TestCase("controlPlane.address=\"http://asc.example.com\"", "/controlPlane/address", "does not match pattern '^https://")]
    [TestCase("controlPlane.address=\"https://user:word@asc.example.com\"", "/controlPlane/address", "does not match pattern")]
    [TestCase("controlPlane.adress=\"https://asc.example.com\"", "/controlPlane", "additional properties 'adress' not allowed")]
    [TestCase("region=\"EU Central\"", "/region", "does not match pattern")]
    [TestCase("trustedKeys=[\"not a key\"]", "/trustedKeys/0", "does not match pattern")]
    [TestCase("nodeToken.secret=\"\"", "/nodeToken/secret", "does not match pattern")]
    [TestCase("nodeToken.value=\"asc_123\"", "/nodeToken", "additional properties 'value' not allowed")]
    [TestCase("providerCredentials.secrets=\"openai\"", "/providerCredentials/secrets", "got string, want array")]
    [TestCase("node.spoolCapacity=0", "/node/spoolCapacity", "minimum: got 0, want 1")]
    [TestCase("node.heartbeatInterval=\"5s\"", "/node/heartbeatInterval", "does not match pattern")]
    [TestCase("node.noSuchOption=1", "/node", "additional properties 'noSuchOption' not allowed")]
    [TestCase("replicas=\"two\"", "/replicas", "got string, want integer")]
    [TestCase("resources.limits={\"cpu\":\"1\",\"memory\":null}", "/resources/limits", "missing property 'memory'")]
    [TestCase("image.digest=\"latest\"", "/image/digest", "does not match pattern")]
    [TestCase("drain.timeoutSeconds=0", "/drain/timeoutSeconds", "minimum: got 0, want 5")]
    [TestCase("networkPolicy.clients=[{\"podSelektor\":{}}]", "/networkPolicy/clients/0", "additional properties 'podSelektor' not allowed")]
    public async Task The_data_plane_refuses(string setting, string path, string problem) => Refused(await RenderAsync(ChartCase.DataPlane, setting), path, problem);

    [TestCase("database.connectionString=\"Server=sql\"", "/database", "additional properties 'connectionString' not allowed")]
    [TestCase("database.secret=\"\"", "/database/secret", "does not match pattern")]
    [TestCase("tls.secret=\"Not A Name\"", "/tls/secret", "does not match pattern")]
    [TestCase("signingKey.key=\"a/b\"", "/signingKey/key", "does not match pattern")]
    [TestCase("replicas=0", "/replicas", "minimum: got 0, want 1")]
    [TestCase("service.type=\"Balanced\"", "/service/type", "value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'")]
    [TestCase("networkPolicy.databasePort=70000", "/networkPolicy/databasePort", "maximum: got 70,000, want 65,535")]
    [TestCase("autoscaling.enabled=true", "''", "additional properties 'autoscaling' not allowed")]
    public async Task The_control_plane_refuses(string setting, string path, string problem) => Refused(await RenderAsync(ChartCase.ControlPlane, setting), path, problem);

    private static void Refused(HelmResult result, string path, string problem) => Assert.Multiple(() =>
    {
        Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
        Assert.That(result.Error, Does.Contain(path).And.Contain(problem));
    });

    [TestCase("region=\"\"", "region: say where these nodes process")]
    [TestCase("trustedKeys=[]", "trustedKeys: name a verifier key")]
    [TestCase("autoscaling={\"minReplicas\":5,\"maxReplicas\":2}", "autoscaling: minReplicas is greater than maxReplicas")]
    public async Task The_data_plane_asks_for_what_it_can_t_guess(string setting, string message)
    {
        var result = await RenderAsync(ChartCase.DataPlane, setting);
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Error, Does.Contain(message));
        });
    }

    [TestCase(ChartCase.ControlPlane)]
    [TestCase(ChartCase.DataPlane)]
    public async Task A_digest_wins_over_a_tag(string chart)
    {
        var result = await RenderAsync(chart, $"image={{\"repository\":\"r.example/asc\",\"tag\":\"1\",\"digest\":\"{Digest}\"}}");
        Assert.That(result.Output, Does.Contain($"image: \"r.example/asc@{Digest}\""));
    }
}
