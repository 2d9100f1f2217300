using Asc.Contracts.Admin.V1;

namespace Asc.PolicyFiles.Tests;

/// <summary>Where resources stand, as others are told it.</summary>
public sealed class SourceTests
{
    private const string Text = """
        # the tenants
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme }
        spec:
          models: { allow: ["*"], deny: [o3] }
          residency:
            allow:
              - eu
              - us
          tags:
            allow:
              env: [prod]
        ---
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme/health }
        """;

    [TestCase("acme", "spec.models.allow", 6)]
    [TestCase("acme", "spec.models.deny", 6)]
    [TestCase("acme", "spec.residency", 7)]
    [TestCase("acme", "spec.residency.allow", 8)]
    [TestCase("acme", "spec.tags.allow.env", 13)]
    [TestCase("acme", "spec.tags.allow.bu", 12)]
    [TestCase("acme", "spec.limits.requestsPerMinute", 5)]
    [TestCase("acme/health", "spec.models.allow", 15)]
    public void Every_field_is_found_by_its_path_or_by_what_encloses_it(string tenant, string path, int line)
    {
        var source = PolicyFileReader.ReadText("tenants.yaml", Text).Sources.Single(source => source.Name == tenant);
        Assert.That((source.Kind, source.File, LineOf(source, path)), Is.EqualTo(("Tenant", "tenants.yaml", (uint)line)));
    }

    [Test]
    public void What_stands_on_its_parent_s_line_is_not_told_again() => Assert.That(
        PolicyFileReader.ReadText("tenants.yaml", Text).Sources.First().Lines.Keys,
        Is.EquivalentTo(new[] { "spec", "spec.models", "spec.residency", "spec.residency.allow", "spec.tags", "spec.tags.allow", "spec.tags.allow.env" }));

    [TestCase("tenants.yaml", "tenants.yaml")]
    [TestCase("./policies/tenants.yaml", "policies/tenants.yaml")]
    [TestCase("../policies//tenants.yaml", "../policies/tenants.yaml")]
    [TestCase("/srv/gitops/policies/tenants.yaml", "policies/tenants.yaml")]
    [TestCase("/tenants.yaml", "tenants.yaml")]
    [TestCase("-", "stdin")]
    [TestCase("a\u001b[2Jb.yaml", "a?[2Jb.yaml")]
    public void A_name_tells_nothing_of_the_author_s_machine(string file, string name) =>
        Assert.That(ResourceSources.NameOf(file), Is.EqualTo(name));

    [Test]
    public void A_name_is_bounded() => Assert.That(ResourceSources.NameOf(new string('x', 300) + "/tenants.yaml"), Has.Length.EqualTo(256).And.EndsWith("/tenants.yaml"));

    private static uint LineOf(ResourceSource source, string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (source.Lines.TryGetValue(at, out var line))
            {
                return line;
            }
        }

        return source.Line;
    }
}
