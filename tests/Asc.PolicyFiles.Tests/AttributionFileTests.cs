using Asc.Contracts.Policy;
using Asc.Policy.Documents;
using Asc.Policy.Validation;

namespace Asc.PolicyFiles.Tests;

/// <summary>Tags, workloads, data classes, attestations and timeouts in policy files.</summary>
public sealed class AttributionFileTests
{
    private const string Health = "  residency: { allow: [eu] }";
    private const string Attested = "  region: eu";

    [Test]
    public void What_is_written_is_read_and_written_as_it_was()
    {
        var files = Read(Policy(
            "  tags: { require: [bu], allow: { env: [prod, test] }, default: { env: prod } }\n  workloads: { allow: [interactive, batch], default: batch }\n"
            + "  dataClasses: { floor: [phi], rules: { phi: { requireAttestations: [hipaa-baa], forbidCaching: true, forbidContentCapture: true }, pii: {} } }",
            "  attestations: [hipaa-baa, zero-retention]\n  timeouts: { connect: 500ms, firstToken: 20s, idle: 90s, total: 2h }",
            "  models: { allow: [\"gpt-*\"], deny: [gpt-5] }\n  routes: { gpt-5-mini: chat-default }\n  timeouts: { total: 3h }"));
        Assert.That(files.Validate(), Is.Empty);

        var document = files.Resources.ToDocument();
        var health = document.Tenants.Single(tenant => tenant.Path == "acme/health");
        Assert.Multiple(() =>
        {
            Assert.That(health.Tags!.Require, Is.EqualTo(new[] { "bu" }));
            Assert.That(health.Tags.Allow["env"], Is.EqualTo(new[] { "prod", "test" }));
            Assert.That(health.Tags.Default["env"], Is.EqualTo("prod"));
            Assert.That((health.Workloads!.Allow, health.Workloads.Default), Is.EqualTo((new[] { "interactive", "batch" }, "batch")));
            Assert.That(health.DataClasses!.Floor, Is.EqualTo(new[] { "phi" }));
            Assert.That(DataClassText.Of(health.DataClasses.Rules["phi"]), Is.EqualTo("hipaa-baa, no caching, no content capture"));
            Assert.That(DataClassText.Of(health.DataClasses.Rules["pii"]), Is.EqualTo("nothing"));
            Assert.That(document.Providers[0].Attestations, Is.EqualTo(new[] { "hipaa-baa", "zero-retention" }));
            Assert.That(document.Providers[0].Timeouts, Is.EqualTo(new TimeoutsDocument(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(90), TimeSpan.FromHours(2))));
            Assert.That(document.Providers[1].Timeouts, Is.EqualTo(TimeoutsDocument.None));
            var night = document.Workloads.Single();
            Assert.That((night.Name, night.AllowedModels, night.DeniedModels), Is.EqualTo(("night", new[] { "gpt-*" }, new[] { "gpt-5" })));
            Assert.That(night.Routes["gpt-5-mini"], Is.EqualTo("chat-default"));
            Assert.That(night.Timeouts.Total, Is.EqualTo(TimeSpan.FromHours(3)));
        });
        var written = files.Resources.Select(resource => ResourceWriter.ToJson(resource).ToJsonString()).ToArray();
        Assert.That(Read(string.Join("\n---\n", written)).Resources, Is.EqualTo(files.Resources), string.Join("\n", written));
        Assert.That(written[0], Does.Contain("\"timeouts\":{\"connect\":\"500ms\",\"firstToken\":\"20s\",\"idle\":\"90s\",\"total\":\"2h\"}"));
    }

    [Test]
    public void A_deployment_s_empty_list_is_none_and_an_absent_one_its_provider_s()
    {
        var text = ValidPolicy.Text.Replace("upstreamModel: gpt-5-2025-08-07 }", "upstreamModel: gpt-5-2025-08-07, attestations: [] }", StringComparison.Ordinal);
        var models = Read(text).Resources.ToDocument().Models;
        Assert.That((models[0].Deployments[0].Attestations, models[1].Deployments[0].Attestations?.Length), Is.EqualTo(((object?)null, (int?)0)));
    }

    // of the tenant acme/health, of its parent, of the provider openai-eu, of the workload night; then path, code, part of the message, part of the fix
    private static readonly object[][] Faults =
    [
        ["  tags: { require: [\"b u\"] }", "", "", "", "spec.tags.require[0]", "invalid_name", "\"b u\" is not a tag's name", "letters"],
        ["  tags: { require: [bu, bu] }", "", "", "", "spec.tags.require[1]", "duplicate", "listed twice", "keep one"],
        ["  tags: { allow: { env: [\"a,b\"] } }", "", "", "", "spec.tags.allow.env[0]", "invalid_value", "not a tag's value", "without"],
        ["  tags: { allow: { env: prod } }", "", "", "", "spec.tags.allow.env", "wrong_type", "not a list", "[a, b]"],
        ["  tags: { allow: { env: [prod, prod] } }", "", "", "", "spec.tags.allow.env[1]", "duplicate", "listed twice", "keep one"],
        ["  tags: { default: { env: \" x\" } }", "", "", "", "spec.tags.default.env", "invalid_value", "not a tag's value", "blank"],
        ["  tags: { allow: { env: [prod] }, default: { env: test } }", "", "", "", "spec.tags.default.env", "default_not_allowed", "gets env=test", "allowed"],
        ["", "  tags: { allow: { env: [prod] }, default: { env: test } }", "", "", "spec.tags.default.env", "default_not_allowed", "tags.allow of acme permits prod", "allowed"],
        ["  tags: { allow: { env: [prod] } }", "  tags: { default: { env: test } }", "", "", "spec.tags.allow.env", "default_not_allowed", "gets env=test", "allowed"],
        ["  tags: { allow: { env: [prod, stage] } }", "  tags: { allow: { env: [prod, test] } }", "", "", "spec.tags.allow.env[1]", "wider_than_parent", "its parent acme allows prod, test", "tags.allow of acme"],
        ["  tags: { allow: { nev: [prod] }, requires: [bu] }", "", "", "", "spec.tags.requires", "unknown_field", "no field", "require"],
        ["  workloads: { allow: [bach] }", "", "", "", "spec.workloads.allow[0]", "dangling_reference", "no Workload \"bach\"", "did you mean \"batch\"?"],
        ["  workloads: { allow: [batch, batch] }", "", "", "", "spec.workloads.allow[1]", "duplicate", "listed twice", "keep one"],
        ["  workloads: { default: nigt }", "", "", "", "spec.workloads.default", "dangling_reference", "no Workload \"nigt\"", "did you mean \"night\"?"],
        ["  workloads: { allow: [batch], default: agent }", "", "", "", "spec.workloads.default", "default_not_allowed", "is agent", "allowed"],
        ["  workloads: { allow: [batch] }", "  workloads: { default: agent }", "", "", "spec.workloads.allow", "default_not_allowed", "is agent", "allowed"],
        ["  workloads: { allow: [batch, agent] }", "  workloads: { allow: [batch] }", "", "", "spec.workloads.allow[1]", "wider_than_parent", "its parent acme takes batch", "workloads.allow of acme"],
        ["  dataClasses: { floor: [phi] }", "", "", "", "spec.dataClasses.floor[0]", "dangling_reference", "no rule for the data class \"phi\"", "define it"],
        ["  dataClasses: { floor: [phy], rules: { phi: {} } }", "", "", "", "spec.dataClasses.floor[0]", "dangling_reference", "no rule", "did you mean \"phi\"?"],
        ["  dataClasses: { floor: [phi, phi], rules: { phi: {} } }", "", "", "", "spec.dataClasses.floor[1]", "duplicate", "listed twice", "keep one"],
        ["  dataClasses: { rules: { PHI: {} } }", "", "", "", "spec.dataClasses.rules.PHI", "invalid_name", "not a data class's name", "lower-case"],
        ["  dataClasses: { rules: { phi: { forbidCaching: yes } } }", "", "", "", "spec.dataClasses.rules.phi.forbidCaching", "wrong_type", "not true or false", "true"],
        ["  dataClasses: { rules: { phi: { requireAttestations: [HIPAA] } } }", "", "", "", "spec.dataClasses.rules.phi.requireAttestations[0]", "invalid_name", "not an attestation's name", "lower-case"],
        ["  dataClasses: { floor: [phi], rules: { phi: { requireAttestations: [hipaa-baa] } } }", "", "", "", "spec.models.allow[0]", "unservable_model", "demands hipaa-baa, which no deployment in eu attests", "attests it"],
        ["", "", "  attestations: [Baa]", "", "spec.attestations[0]", "invalid_name", "not an attestation's name", "lower-case"],
        ["", "", "  attestations: [baa, baa]", "", "spec.attestations[1]", "duplicate", "listed twice", "keep one"],
        ["", "", "  timeouts: { connect: 2 }", "", "spec.timeouts.connect", "invalid_value", "\"2\" is no duration", "2s"],
        ["", "", "  timeouts: { connect: 0s }", "", "spec.timeouts.connect", "invalid_duration", "not between", "2s"],
        ["", "", "  timeouts: { idle: 25h }", "", "spec.timeouts.idle", "invalid_duration", "not between", "1h"],
        ["", "", "  timeouts: { idle: 2m, total: 1m }", "", "spec.timeouts.idle", "longer_than_total", "longer than spec.timeouts.total", "shorter"],
        ["", "", "  timeouts: { first: 2m }", "", "spec.timeouts.first", "unknown_field", "no field", "firstToken"],
        ["", "", "", "  models: { allow: [gpt-7] }", "spec.models.allow[0]", "dangling_reference", "no Model or Route \"gpt-7\"", "gpt-5"],
        ["", "", "", "  routes: { chat-default: gpt-7 }", "spec.routes.chat-default", "dangling_reference", "no Model or Route \"gpt-7\"", "gpt-5"],
        ["", "", "", "  routes: { chat-defualt: gpt-5 }", "spec.routes.chat-defualt", "dangling_reference", "no Model or Route \"chat-defualt\"", "chat-default"],
        ["", "", "", "  routes: { gpt-5: gpt-5 }", "spec.routes.gpt-5", "route_to_itself", "served by itself", "remove"],
        ["", "", "", "  priority: urgent", "spec.priority", "invalid_value", "no \"urgent\"", "low or normal or high"],
        ["", "", "", "  limits: { requestsPerMinute: 0 }", "spec.limits.requestsPerMinute", "out_of_range", "a limit is between 1 and", "narrow models.allow"],
    ];

    [TestCaseSource(nameof(Faults))]
    public void Each_fault_is_told_with_its_place_and_its_mend(string health, string acme, string provider, string workload, string path, string code, string message, string fix)
    {
        var problems = Read(Policy(health, provider, workload, acme)).Validate().Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();

        var found = problems.FirstOrDefault(problem => problem.Path == path && problem.Code == code);
        Assert.That(found, Is.Not.Null, string.Join("\n", problems.AsEnumerable()));
        Assert.Multiple(() =>
        {
            Assert.That(found!.Line, Is.GreaterThan(1), found.ToString());
            Assert.That(found.Message, Does.Contain(message));
            Assert.That(found.Fix, Does.Contain(fix));
            Assert.That(problems.Select(problem => problem.Code).Distinct().Count(), Is.EqualTo(1), string.Join("\n", problems.AsEnumerable()));
        });
    }

    [Test]
    public void What_is_demanded_and_nobody_attests_is_a_warning()
    {
        var problems = Read(Policy("  dataClasses: { rules: { phi: { requireAttestations: [hipaa-bba] } } }", "  attestations: [hipaa-baa]", "")).Validate();
        Assert.That(problems.Select(problem => (problem.Severity, problem.Code, problem.Fix)), Is.EqualTo(new[] { (ProblemSeverity.Warning, "ungiven_attestation", "did you mean \"hipaa-baa\"?") }));
    }

    [Test]
    public void Sixty_four_of_a_kind_are_the_most()
    {
        static string List(int count) => string.Join(", ", Enumerable.Range(0, count).Select(n => $"n{n}"));
        Assert.That(Errors(Policy($"  tags: {{ require: [{List(65)}] }}", "", "")), Is.EqualTo(new[] { "too_many_tags" }));
        Assert.That(Errors(Policy($"  dataClasses: {{ rules: {{ {List(65).Replace(",", ": {},", StringComparison.Ordinal)}: {{}} }} }}", "", "")), Is.EqualTo(new[] { "too_many_data_classes" }));
        Assert.That(Errors(Policy("", $"  attestations: [{List(65)}]", "")), Is.EqualTo(new[] { "too_many_attestations" }));
        Assert.That(Errors(ValidPolicy.Text + string.Concat(Enumerable.Range(0, 62).Select(n => $"\n---\n{Night.Replace("night", $"w{n}", StringComparison.Ordinal)}"))), Is.EqualTo(new[] { "too_many_workloads" }));
    }

    [Test]
    public void A_parent_that_was_narrowed_over_its_child_is_a_warning()
    {
        var before = Read(Policy("  tags: { allow: { env: [prod] } }\n  workloads: { allow: [batch] }", "", "")).Resources.ToDocument();
        var after = Read(Policy("  tags: { allow: { env: [prod] } }\n  workloads: { allow: [batch] }", "", "", "  tags: { allow: { env: [test] } }\n  workloads: { allow: [agent] }")).Resources.ToDocument();
        Assert.That(PolicyValidator.Validate(after, before).Select(problem => (problem.Severity, problem.Code)), Is.EqualTo(Enumerable.Repeat((ProblemSeverity.Warning, "wider_than_parent"), 2)));
        Assert.That(PolicyValidator.Validate(after, null).Select(problem => problem.Severity), Is.All.EqualTo(ProblemSeverity.Error));
    }

    private const string Night = "apiVersion: asc/v1\nkind: Workload\nmetadata: { name: night }\nspec: {}";

    private static string[] Errors(string text) => [.. Read(text).Validate().Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Code)];

    private static string Policy(string health, string provider, string workload, string acme = "") =>
        ValidPolicy.Text
            .Replace(Health, $"{Health}\n{health}", StringComparison.Ordinal)
            .Replace($"{Attested}\n", $"{Attested}\n{provider}\n", StringComparison.Ordinal)
            .Replace("  residency: { allow: [eu, us] }", $"  residency: {{ allow: [eu, us] }}\n{acme}", StringComparison.Ordinal)
        + "\n---\n" + (workload.Length > 0 ? Night.Replace("spec: {}", $"spec:\n{workload}", StringComparison.Ordinal) : Night);

    private static PolicyFileSet Read(string text) => PolicyFileReader.Read(["-"], new StringReader(text));
}
