using System.Text.Json.Nodes;

namespace Asc.Functional.Tests;

/// <summary>The draft is changed by parts, and by several people.</summary>
public sealed class CliDraftTests
{
    private const string Retail = """
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme/retail }
        spec:
          models: { allow: [chat-default, gpt-5] }
          residency: { allow: [eu, us] }

        """;

    private AscTestBed bed = null!;

    [OneTimeSetUp]
    public async Task StartAll() => bed = await AscTestBed.StartAsync();

    [OneTimeTearDown]
    public async Task StopAll() => await bed.DisposeAsync();

    [Test]
    public async Task Of_a_part_that_can_not_be_read_apply_tells_that_and_nothing_it_can_not_know()
    {
        var result = await bed.AscAsync("apply", "-f", Written(Retail.Replace("residency", "residancy", StringComparison.Ordinal)), "-o", "json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(JsonNode.Parse(result.Output)!["errors"]!.AsArray().Select(error => error!["code"]!.GetValue<string>()), Is.EqualTo(new[] { "unknown_field" }));
    }

    private static string Written(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "part.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
