using Asc.Policy.Validation;

namespace Asc.PolicyFiles.Tests;

/// <summary>An error hides no other: who mends what is told is done.</summary>
public sealed class AllAtOnceTests
{
    // gpt-5 is processed in us only.
    private const string Unservable = """

        ---
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme/eu }
        spec:
          models: { allow: [gpt-5] }
          residency: { allow: [eu] }
        """;

    // text of the valid policy, its replacement, the code of the error that it makes
    private static readonly object[][] OtherErrors =
    [
        ["allow: [chat-default, gpt-5-mini]", "allow: [claude]", "dangling_reference"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu, apac] }", "wider_than_parent"],
        ["allow: [chat-default, gpt-5-mini]", "allow: [\"*\"]", "wider_than_parent"],
        ["  baseUrl: https://us.api.openai.com/v1", "  baseUrl: us.api.openai.com", "invalid_url"],
        ["    - { model: gpt-5 }", "    - { model: gpt-6 }", "dangling_reference"],
        ["    - { provider: openai-eu, upstreamModel", "    - { provider: opnai-eu, upstreamModel", "dangling_reference"],
        ["metadata: { name: chat-default }", "metadata: { name: gpt-5-mini }", "duplicate"],
        ["metadata: { path: acme/health, labels", "metadata: { path: acne/health, labels", "dangling_reference"],
        ["metadata: { path: acme }", "metadata: { path: acne }", "dangling_reference"],
        ["metadata: { name: chat-default }", "metadata: {}", "required"],
        ["  region: eu", "  region: EU", "invalid_name"],
    ];

    [TestCaseSource(nameof(OtherErrors))]
    public void What_no_provider_may_serve_is_told_whatever_else_is_wrong(string text, string replacement, string code)
    {
        var errors = Errors(ValidPolicy.With(text, replacement) + Unservable);

        Assert.That(errors.Select(error => error.Code), Does.Contain(code));
        Assert.That(
            errors.Where(error => error.Code == "unservable_model" && error.Line > 55).Select(error => error.Message),
            Is.EqualTo(new[] { "acme/eu allows \"gpt-5\", which is processed in us; its prompts may be processed in eu" }),
            string.Join("\n", errors));
    }

    // What would have to be known is what is wrong.
    [TestCase("    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }", "    - { provider: opnai-us, upstreamModel: gpt-5-2025-08-07 }")]
    [TestCase("  deployments:\n    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }", "  deployments: []")]
    [TestCase("  region: us", "  region: US")]
    [TestCase("  region: us\n", "")]
    [TestCase("  residency: { allow: [eu] }\n", "  residency: { allow: [EU] }\n")]
    public void What_may_be_served_once_another_error_is_mended_is_not_told(string text, string replacement)
    {
        var all = ValidPolicy.Text + Unservable + "\n";
        var errors = Errors(text.StartsWith("  residency", StringComparison.Ordinal) ? all[..^1].Replace("  residency: { allow: [eu] }", replacement.TrimEnd('\n'), StringComparison.Ordinal) : all.Replace(text, replacement, StringComparison.Ordinal));

        Assert.That(errors, Is.Not.Empty);
        Assert.That(errors.Select(error => error.Code), Has.None.EqualTo("unservable_model"), string.Join("\n", errors));
    }

    [Test]
    public void An_ancestor_is_asked_though_one_between_is_not_declared()
    {
        var errors = Errors(ValidPolicy.With("metadata: { path: acme/health, labels", "metadata: { path: acme/clinics/health, labels").Replace("{ allow: [eu] }", "{ allow: [eu, apac] }", StringComparison.Ordinal));

        Assert.That(errors.Select(error => (error.Code, error.Line)), Is.EqualTo(new[] { ("dangling_reference", 52), ("wider_than_parent", 55) }));
    }

    [Test]
    public void A_field_that_only_begins_like_another_hides_nothing_of_it()
    {
        var errors = Errors(ValidPolicy.With("  residency: { allow: [eu] }", "  r: 1\n  residency: { allow: [eu, apac] }"));

        Assert.That(errors.Select(error => (error.Code, error.Line)), Is.EqualTo(new[] { ("unknown_field", 55), ("wider_than_parent", 56) }));
    }

    private static FileProblem[] Errors(string text) =>
        [.. PolicyFileReader.Read(["-"], new StringReader(text)).Validate().Where(problem => problem.Severity == ProblemSeverity.Error)];
}
