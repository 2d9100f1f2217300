namespace Asc.PolicyFiles.Tests;

/// <summary>A policy without a fault, to put one fault at a time into.</summary>
internal static class ValidPolicy
{
    public const string Text = """
        apiVersion: asc/v1
        kind: Provider
        metadata: { name: openai-eu }
        spec:
          protocol: openai
          baseUrl: https://eu.api.openai.com/v1
          credential: { secret: openai-eu }
          region: eu
        ---
        apiVersion: asc/v1
        kind: Provider
        metadata: { name: openai-us }
        spec:
          protocol: openai
          baseUrl: https://us.api.openai.com/v1
          credential: { secret: openai-us }
          region: us
        ---
        apiVersion: asc/v1
        kind: Model
        metadata: { name: gpt-5-mini }
        spec:
          deployments:
            - { provider: openai-eu, upstreamModel: gpt-5-mini-2025-08-07 }
            - { provider: openai-us, upstreamModel: gpt-5-mini-2025-08-07 }
        ---
        apiVersion: asc/v1
        kind: Model
        metadata: { name: gpt-5 }
        spec:
          deployments:
            - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }
        ---
        apiVersion: asc/v1
        kind: Route
        metadata: { name: chat-default }
        spec:
          strategy: priority
          targets:
            - { model: gpt-5-mini }
            - { model: gpt-5 }
        ---
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme }
        spec:
          models: { allow: ["chat-default", "gpt-*"] }
          residency: { allow: [eu, us] }
        ---
        apiVersion: asc/v1
        kind: Tenant
        metadata: { path: acme/health, labels: { costCenter: "4711" } }
        spec:
          models: { allow: [chat-default, gpt-5-mini], deny: [] }
          residency: { allow: [eu] }
        """;

    /// <summary>The same with one text replaced; fails where it isn't there exactly once.</summary>
    public static string With(string text, string replacement)
    {
        var at = Text.IndexOf(text, StringComparison.Ordinal);
        Assert.That(at >= 0 && Text.LastIndexOf(text, StringComparison.Ordinal) == at, Is.True, $"\"{text}\" stands once in the valid policy");
        return Text.Replace(text, replacement, StringComparison.Ordinal);
    }
}
