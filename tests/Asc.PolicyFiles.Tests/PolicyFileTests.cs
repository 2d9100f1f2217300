using Asc.Contracts.Policy;
using Asc.Policy.Documents;
using Asc.Policy.Validation;

namespace Asc.PolicyFiles.Tests;

public sealed class PolicyFileTests
{
    [Test]
    public void A_policy_without_a_fault_has_no_problem_and_reads_as_written()
    {
        var files = Read(ValidPolicy.Text);

        Assert.That(files.Validate(), Is.Empty);
        Assert.That(files.Resources.Select(resource => $"{resource.Kind()} {resource.Identity()}"), Is.EqualTo(new[]
        {
            "Provider openai-eu", "Provider openai-us", "Model gpt-5-mini", "Model gpt-5", "Route chat-default", "Tenant acme", "Tenant acme/health",
        }));
        var health = files.Resources.ToDocument().Tenants[1];
        Assert.That(health.AllowedModels, Is.EqualTo(new[] { "chat-default", "gpt-5-mini" }));
        Assert.That(health.AllowedRegions, Is.EqualTo(new[] { "eu" }));
        Assert.That(files.Resources.Last().Metadata.Labels["costCenter"], Is.EqualTo("4711"));
    }

    [Test]
    public void An_absent_list_is_inherited_and_an_empty_one_is_nothing()
    {
        var document = Read(ValidPolicy.With("  models: { allow: [chat-default, gpt-5-mini], deny: [] }\n  residency: { allow: [eu] }", "  models: { allow: [] }")).Resources.ToDocument();

        Assert.That(document.Tenants[1].AllowedModels, Is.Empty);
        Assert.That(document.Tenants[1].AllowedRegions, Is.Null);
    }

    [Test]
    public void What_a_model_refuses_is_read_by_its_name()
    {
        var models = Read(ValidPolicy.With(Gpt5Deployment, Gpt5Deployment + "\n  unsupported: [temperature, top-p, top-k, stop, forced-tools, top-p-with-temperature, prefill]")).Resources.ToDocument().Models;

        Assert.That(models.Single(model => model.Name == "gpt-5").Unsupported.Text(), Is.EqualTo("temperature, top-p, top-k, stop, forced-tools, prefill, top-p-with-temperature"));
    }

    private const string Gpt5Deployment = "    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }";

    // text, replacement, line, path, code, part of the message, part of the fix
    private static readonly object[][] Faults =
    [
        ["kind: Route", "kind: Rout", 35, "kind", "unknown_kind", "no kind \"Rout\"", "did you mean \"Route\"?"],
        ["kind: Route", "kind: Guardrail", 35, "kind", "not_supported_yet", "Guardrail is not supported yet", "remove"],
        ["kind: Route\n", "", 34, "kind", "required", "kind is missing", "Provider, Model, Route, Workload, Tenant"],
        ["metadata: { path: acme }", "metadata: { name: acme }", 45, "metadata.name", "unknown_field", "no metadata.name", "metadata.path"],
        ["  residency: { allow: [eu] }", "  residancy: { allow: [eu] }", 55, "spec.residancy", "unknown_field", "no field spec.residancy", "did you mean \"residency\"?"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  budgets: []", 56, "spec.budgets", "not_supported_yet", "would not be enforced", "remove"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  audit: required", 56, "spec.audit", "not_supported_yet", "would not be enforced", "remove"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { workload: [betch] } }", 41, "spec.targets[1].when.workload[0]", "dangling_reference", "no Workload \"betch\"", "did you mean \"batch\"?"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { dataClass: [phi] } }", 41, "spec.targets[1].when.dataClass[0]", "dangling_reference", "no data class \"phi\"", "define it"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { tags: { env: [] } } }", 41, "spec.targets[1].when.tags.env", "required", "no value of env fulfils", "list those that do"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { promptTokens: { atLeast: 9, atMost: 3 } } }", 41, "spec.targets[1].when.promptTokens", "out_of_range", "atMost is less than atLeast", "swap"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { uses: [flight] } }", 41, "spec.targets[1].when.uses[0]", "invalid_value", "no \"flight\"", "vision"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, weight: 9 }", 41, "spec.targets[1].weight", "no_effect", "only strategy: weighted looks at weights", "strategy: weighted"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, weight: 1001 }", 41, "spec.targets[1].weight", "out_of_range", "from 1 to 1000", "count against each other"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, weight: 0 }", 41, "spec.targets[1].weight", "out_of_range", "from 1 to 1000", "who is to get nothing is removed"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { promptTokens: { atMost: 0 } } }", 41, "spec.targets[1].when.promptTokens.atMost", "out_of_range", "less than one token", "of any length"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, when: { uses: [] } }", 41, "spec.targets[1].when.uses", "required", "an empty list", "or remove it"],
        ["  strategy: priority", "  strategy: priority\n  retry: { attempts: 0 }", 39, "spec.retry.attempts", "out_of_range", "called 1 to 5 times", "write 1 for no retry"],
        ["  strategy: priority", "  strategy: priority\n  retry: { attempts: 2, on: [] }", 39, "spec.retry.on", "required", "an empty list", "or remove it"],
        ["  strategy: priority", "  strategy: priority\n  hedge: {}", 39, "spec.hedge.after", "invalid_duration", "not between 1 ms and 1 h", "800ms"],
        [Gpt5Deployment, Gpt5Deployment + "\n  contextWindow: 0", 33, "spec.contextWindow", "out_of_range", "serves nobody", "nothing is known"],
        [Gpt5Deployment, Gpt5Deployment + "\n  maxOutputTokens: 0", 33, "spec.maxOutputTokens", "out_of_range", "serves nobody", "nothing is known"],
        [Gpt5Deployment, Gpt5Deployment + "\n  capabilities: []", 33, "spec.capabilities", "required", "an empty list", "or remove it"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  limits: { models: [ { models: [gpt-5, chat-default], requestsPerMinute: 6 }, { models: [chat-default, gpt-5], requestsPerMinute: 60, tokensPerMinute: 9 } ] }", 56, "spec.limits.models[1].requestsPerMinute", "duplicate", "spec.limits.models[0] limits the requestsPerMinute of the same models", "the smaller one would bind"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5, weight: -1 }", 41, "spec.targets[1].weight", "invalid_value", "not a whole number", "digits"],
        ["  strategy: priority", "  strategy: least-cost", 40, "spec.targets[0]", "required", "gpt-5-mini has no prices", "spec.prices"],
        ["  strategy: priority", "  strategy: priority\n  sticky: { header: x-session }", 39, "spec.sticky", "no_effect", "sends like requests alike already", "weighted or least-latency"],
        ["  strategy: priority", "  strategy: weighted\n  sticky: {}", 39, "spec.sticky", "required", "by a header or by their conversation", "x-session-id"],
        ["  strategy: priority", "  strategy: weighted\n  sticky: { header: x-session, conversation: true }", 39, "spec.sticky", "required", "one of both", "conversation: true"],
        ["  strategy: priority", "  strategy: weighted\n  sticky: { header: X Session }", 39, "spec.sticky.header", "invalid_name", "not the name of a header", "lower case"],
        ["  strategy: priority", "  strategy: weighted\n  sticky: { header: authorization }", 39, "spec.sticky.header", "invalid_name", "not the name of a header that can be used", "x-session-id"],
        ["  strategy: priority", "  strategy: priority\n  retry: { attempts: 9 }", 39, "spec.retry.attempts", "out_of_range", "called 1 to 5 times", "write 1 for no retry"],
        ["  strategy: priority", "  strategy: priority\n  retry: { attempts: 2, on: [monday] }", 39, "spec.retry.on[0]", "invalid_value", "no \"monday\"", "rate-limit or server-error or timeout"],
        ["  strategy: priority", "  strategy: priority\n  hedge: { after: 0s }", 39, "spec.hedge.after", "invalid_duration", "not between 1 ms and 1 h", "800ms"],
        ["  strategy: priority", "  strategy: priority\n  hedge: { after: soon }", 39, "spec.hedge.after", "invalid_value", "\"soon\" is no duration", "500ms"],
        ["  region: eu", "  region: eu\n  timeouts: { connect: 5 }", 9, "spec.timeouts.connect", "invalid_value", "\"5\" is no duration", "2s"],
        ["  region: eu", "  region: eu\n  timeouts: { firstToken: 2m, total: 1m }", 9, "spec.timeouts.firstToken", "longer_than_total", "would never be met", "total longer"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models:\n    allow:\n    # - chat-default", 55, "spec.models.allow", "required", "spec.models.allow has no value", "write [] for nothing"],
        ["  residency: { allow: [eu] }", "  residency:", 55, "spec.residency", "required", "spec.residency has no value", "or remove it"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  featureGaps: ignore", 56, "spec.featureGaps", "invalid_value", "no \"ignore\"", "write refuse or drop"],
        ["  region: eu", "  region: eu\n  apiVersion: 2024-10-21", 9, "spec.apiVersion", "invalid_value", "apiVersion is Azure's", "protocol: azure-openai"],
        ["  protocol: openai\n  baseUrl: https://eu", "  protocol: azure-openai\n  apiVersion: latest\n  baseUrl: https://eu", 6, "spec.apiVersion", "invalid_value", "\"latest\" is no version of Azure's", "2024-10-21"],
        [Gpt5Deployment, Gpt5Deployment + "\n  catalogue: gpt-5-mni", 33, "spec.catalogue", "invalid_value", "the catalogue has no \"gpt-5-mni\"", "gpt-5-mini"],
        [Gpt5Deployment, Gpt5Deployment + "\n  catalogue: llama", 33, "spec.catalogue", "invalid_value", "the catalogue has no \"llama\"", "asc catalogue"],
        [Gpt5Deployment, Gpt5Deployment + "\n  unsupported: [seed]", 33, "spec.unsupported[0]", "invalid_value", "no \"seed\"", "temperature"],
        [Gpt5Deployment, Gpt5Deployment + "\n  reasoning: { efforts: [some] }", 33, "spec.reasoning.efforts[0]", "invalid_value", "no \"some\"", "minimal"],
        ["  region: eu", "  region: us", 8, "spec.region", "region_mismatch", "eu.api.openai.com processes in eu, not in us", "write region: eu"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.openai.com/v1", 8, "spec.region", "region_mismatch", "api.openai.com processes anywhere, not in eu", "region: global"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.openai.com./v1", 8, "spec.region", "region_mismatch", "api.openai.com processes anywhere, not in eu", "region: global"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://API.OpenAI.com/v1", 8, "spec.region", "region_mismatch", "api.openai.com processes anywhere, not in eu", "region: global"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api。openai。com/v1", 8, "spec.region", "region_mismatch", "api.openai.com processes anywhere, not in eu", "region: global"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://us.api.openai.com./v1", 8, "spec.region", "region_mismatch", "us.api.openai.com processes in us, not in eu", "write region: us"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://ca.api.openai.com/v1", 8, "spec.region", "region_mismatch", "it is not known where ca.api.openai.com processes", "one of OpenAI's hosts of a region: us, eu, au, in, jp or ae.api.openai.com"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.anthropic.com/v1", 8, "spec.region", "region_mismatch", "api.anthropic.com processes anywhere, not in eu", "inferenceGeo: us"],
        ["  region: eu", "  region: eu\n  inferenceGeo: us", 9, "spec.inferenceGeo", "invalid_value", "inferenceGeo is Anthropic's", "protocol: anthropic"],
        ["  protocol: openai\n  baseUrl: https://eu.api.openai.com/v1", "  protocol: anthropic\n  inferenceGeo: eu\n  baseUrl: https://api.anthropic.com", 6, "spec.inferenceGeo", "invalid_value", "Anthropic processes in no \"eu\"", "us or global"],
        ["  protocol: openai\n  baseUrl: https://eu.api.openai.com/v1", "  protocol: anthropic\n  inferenceGeo: us\n  baseUrl: https://api.anthropic.com", 9, "spec.region", "region_mismatch", "openai-eu is asked to process in us, not in eu", "write region: us"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.mistral.ai/v1", 8, "spec.region", "region_mismatch", "api.mistral.ai processes anywhere, not in eu", "api.eu.mistral.ai"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.us.mistral.ai/v1", 8, "spec.region", "region_mismatch", "api.us.mistral.ai processes in us, not in eu", "write region: us"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://api.in.mistral.ai/v1", 8, "spec.region", "region_mismatch", "it is not known where api.in.mistral.ai processes", "region: global"],
        ["  region: eu", "  region: eu\n  reportedRegions: [swedencentral, Sweden Central]", 9, "spec.reportedRegions[1]", "duplicate", "\"Sweden Central\" is listed twice", "keep one"],
        ["  region: eu", "  region: eu\n  reportedRegions: [\"\"]", 9, "spec.reportedRegions[0]", "invalid_name", "not what a provider calls a region", "swedencentral"],
        [Gpt5Deployment, "    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07, reportedRegions: [\"ö\"] }", 32, "spec.deployments[0].reportedRegions[0]", "invalid_name", "not what a provider calls a region", "swedencentral"],
        [Gpt5Deployment, "    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07, region: eu }", 32, "spec.deployments[0].region", "region_mismatch", "us.api.openai.com processes in us, not in eu", "region: us"],
        [Gpt5Deployment, Gpt5Deployment + "\n  contextWindow: 10\n  maxOutputTokens: 20", 34, "spec.maxOutputTokens", "out_of_range", "longer than the context window", "contextWindow at most"],
        [Gpt5Deployment, Gpt5Deployment + "\n  contextWindow: lots", 33, "spec.contextWindow", "invalid_value", "\"lots\" is not a whole number", "digits"],
        [Gpt5Deployment, Gpt5Deployment + "\n  capabilities: [song]", 33, "spec.capabilities[0]", "invalid_value", "no \"song\"", "tools"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: today, currency: USD, inputPerMillion: 1, outputPerMillion: 1 } ]", 33, "spec.prices[0].from", "invalid_value", "\"today\" is not a day", "2026-01-31"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: 2026-01-01, currency: dollars, inputPerMillion: 1, outputPerMillion: 1 } ]", 33, "spec.prices[0].currency", "invalid_value", "not a currency", "USD"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: 2026-01-01, currency: USD, inputPerMillion: -1, outputPerMillion: 1 } ]", 33, "spec.prices[0].inputPerMillion", "invalid_value", "\"-1\" is not an amount", "0.25"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: 2026-01-01, currency: USD, inputPerMillion: 1 } ]", 33, "spec.prices[0].outputPerMillion", "required", "spec.prices[0].outputPerMillion is missing", "outputPerMillion: 2.00"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: 2026-01-01, currency: USD, outputPerMillion: 1 } ]", 33, "spec.prices[0].inputPerMillion", "required", "spec.prices[0].inputPerMillion is missing", "inputPerMillion: 0.25"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { inputPerMillion: 1, outputPerMillion: 1 } ]", 33, "spec.prices[0].currency", "required", "spec.prices[0].currency is missing", "currency: USD"],
        [Gpt5Deployment, Gpt5Deployment + "\n  capabilities: [tools, vision, tools]", 33, "spec.capabilities[2]", "duplicate", "\"tools\" is listed twice", "keep one"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  observe: [models, models]", 56, "spec.observe[1]", "duplicate", "\"models\" is listed twice", "keep one"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu] }\n  limits: { models: [ { models: [\"gpt-*\"] } ] }", 56, "spec.limits.models[0]", "required", "names models and limits nothing", "requestsPerMinute"],
        [Gpt5Deployment, Gpt5Deployment + "\n  prices: [ { from: 2026-01-01, currency: USD, inputPerMillion: 1, outputPerMillion: 1 }, { from: 2026-01-01, currency: USD, inputPerMillion: 2, outputPerMillion: 2 } ]", 33, "spec.prices[1].from", "duplicate", "two prices begin on 2026-01-01", "keep one"],
        ["  strategy: priority", "  strategy: fastest", 38, "spec.strategy", "invalid_value", "no \"fastest\"", "write priority"],
        ["    - { model: gpt-5 }", "    - gpt-5", 41, "spec.targets[1]", "wrong_type", "not an object", "fields"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: chat-default }", 54, "spec.models.allow", "wrong_type", "not a list", "[a, b]"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu], allow: [us] }", 55, "allow", "duplicate", "stands twice", "keep one"],
        ["metadata: { name: gpt-5 }", "metadata: { name: gpt-5-mini }", 29, "metadata.name", "duplicate", "first in", "keep one"],
        ["metadata: { name: chat-default }", "metadata: { name: gpt-5 }", 36, "metadata.name", "duplicate", "name of a Model too", "rename"],
        ["metadata: { name: openai-eu }", "metadata: { name: OpenAI_EU }", 3, "metadata.name", "invalid_name", "not a name for a Provider", "lower-case"],
        ["metadata: { name: chat-default }", "metadata: { name: \"chat default\" }", 36, "metadata.name", "invalid_name", "not a name for a Route", "letters"],
        ["metadata: { name: chat-default }", "metadata: {}", 36, "metadata.name", "required", "metadata.name is missing", "add it"],
        ["metadata: { path: acme/health, labels", "metadata: { path: acme//health, labels", 52, "metadata.path", "invalid_name", "not a name for a Tenant", "segments"],
        ["metadata: { path: acme/health, labels", "metadata: { path: acne/health, labels", 52, "metadata.path", "dangling_reference", "no Tenant \"acne\"", "did you mean \"acme\"?"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: eu.api.openai.com", 6, "spec.baseUrl", "invalid_url", "not an absolute http or https URL", "https://"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://key:secret@eu.api.openai.com/v1", 6, "spec.baseUrl", "invalid_url", "more than scheme, host, port and path", "spec.credential"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: http://eu.api.openai.com/v1", 6, "spec.baseUrl", "insecure_url", "in the clear", "https"],
        ["  baseUrl: https://eu.api.openai.com/v1", "  baseUrl: https://10.0.0.1/v1", 6, "spec.baseUrl", "private_address", "an address", "network: private"],
        ["  baseUrl: https://eu.api.openai.com/v1\n", "", 4, "spec.baseUrl", "required", "spec.baseUrl is missing", "baseUrl: https"],
        ["  protocol: openai\n  baseUrl: https://eu", "  baseUrl: https://eu", 4, "spec.protocol", "required", "spec.protocol is missing", "protocol: openai"],
        ["  credential: { secret: openai-eu }\n", "", 4, "spec.credential.secret", "required", "secret is missing", "credential:"],
        ["  credential: { secret: openai-eu }", "  credential: { secret: sk-Proj_123 }", 7, "spec.credential.secret", "invalid_name", "not the name of a secret", "never the secret itself"],
        ["  credential: { secret: openai-us }", "  credential: { secret: openai-eu }", 7, "spec.credential.secret", "shared_credential", "openai-eu is at https://eu.api.openai.com, openai-us at https://us.api.openai.com", "a secret of its own"],
        ["  region: eu", "  region: EU", 8, "spec.region", "invalid_name", "not a region's name", "lower-case"],
        ["  region: eu\n", "", 4, "spec.region", "required", "spec.region is missing", "region: eu"],
        ["    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }", "    - { provider: opnai-us, upstreamModel: gpt-5-2025-08-07 }", 32, "spec.deployments[0].provider", "dangling_reference", "no Provider \"opnai-us\"", "did you mean \"openai-us\"?"],
        ["    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }", "    - { provider: openai-us }", 32, "spec.deployments[0].upstreamModel", "required", "upstreamModel is missing", "add it"],
        ["  deployments:\n    - { provider: openai-us, upstreamModel: gpt-5-2025-08-07 }", "  deployments: []", 31, "spec.deployments", "required", "spec.deployments is missing", "deployments:"],
        ["    - { provider: openai-us, upstreamModel: gpt-5-mini-2025-08-07 }", "    - { provider: openai-eu, upstreamModel: gpt-5-mini-2025-08-07 }", 25, "spec.deployments[1]", "duplicate", "listed twice", "keep one"],
        ["    - { model: gpt-5 }", "    - { model: gpt-6 }", 41, "spec.targets[1].model", "dangling_reference", "no Model \"gpt-6\"", "did you mean \"gpt-5\"?"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5-mini }", 41, "spec.targets[1].model", "duplicate", "listed twice", "keep one"],
        ["    - { model: gpt-5 }", "    - { model: gpt-5-mini, when: { workload: [batch] } }", 41, "spec.targets[1].model", "never_reached", "gpt-5-mini is taken by spec.targets[0] already, whatever is asked", "write it before spec.targets[0]"],
        ["    - { model: gpt-5-mini }\n    - { model: gpt-5 }", "    - { model: gpt-5, when: { workload: [batch, agent] } }\n    - { model: gpt-5, when: { workload: [agent, batch] } }", 41, "spec.targets[1].model", "duplicate", "gpt-5 is listed twice with one condition", "keep one"],
        ["    - { model: gpt-5 }", "    - { model: chat-default }", 41, "spec.targets[1].model", "route_to_route", "is a Route", "name the Model"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: [chat-defualt] }", 54, "spec.models.allow[0]", "dangling_reference", "no Model or Route \"chat-defualt\"", "did you mean \"chat-default\"?"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: [\"*mini\"] }", 54, "spec.models.allow[0]", "invalid_pattern", "not a pattern", "prefix"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: [gpt-5-mini, gpt-5-mini] }", 54, "spec.models.allow[1]", "duplicate", "listed twice", "keep one"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: [\"*\"] }", 54, "spec.models.allow[0]", "wider_than_parent", "its parent acme allows chat-default, gpt-*", "add it to models.allow of acme"],
        ["  models: { allow: [\"chat-default\", \"gpt-*\"] }", "  models: { allow: [\"chat-default\", \"gpt-*\"], deny: [gpt-5-mini] }", 54, "spec.models.allow[1]", "wider_than_parent", "models.deny of acme forbids it", "remove it"],
        ["  residency: { allow: [eu] }", "  residency: { allow: [eu, apac] }", 55, "spec.residency.allow[1]", "wider_than_parent", "its parent acme allows eu, us", "residency.allow of acme"],
        ["  models: { allow: [chat-default, gpt-5-mini], deny: [] }", "  models: { allow: [gpt-5] }", 54, "spec.models.allow[0]", "unservable_model", "processed in us; its prompts may be processed in eu", "add a deployment in eu"],
        ["apiVersion: asc/v1\nkind: Route", "apiVersion: asc/v2\nkind: Route", 34, "apiVersion", "invalid_value", "not asc/v1", "asc/v1"],
    ];

    [TestCaseSource(nameof(Faults))]
    public void Each_fault_is_told_with_its_place_and_its_mend(string text, string replacement, int line, string path, string code, string message, string fix)
    {
        var problems = Read(ValidPolicy.With(text, replacement)).Validate().Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();

        var found = problems.FirstOrDefault(problem => problem.Path == path && problem.Code == code);
        Assert.That(found, Is.Not.Null, string.Join("\n", problems.AsEnumerable()));
        Assert.Multiple(() =>
        {
            Assert.That(found!.Line, Is.EqualTo(line), found.ToString());
            Assert.That(found.Column, Is.GreaterThan(0));
            Assert.That(found.Message, Does.Contain(message));
            Assert.That(found.Fix, Does.Contain(fix));
        });
    }

    [Test]
    public void A_tab_is_told_where_it_stands()
    {
        var problem = Read(ValidPolicy.With("  residency: { allow: [eu] }", "\tresidency: { allow: [eu] }")).Validate().First(problem => problem.Code == "syntax");
        Assert.That((problem.Line, problem.Message), Is.EqualTo((55, problem.Message)), problem.ToString());
        Assert.That(problem.Message, Does.Contain("tab"));
    }

    [Test]
    public void A_model_may_stand_once_for_each_kind_of_request() => Assert.That(
        Read(ValidPolicy.With(
            "    - { model: gpt-5-mini }\n    - { model: gpt-5 }",
            "    - { model: gpt-5, when: { workload: [batch] } }\n    - { model: gpt-5-mini }\n    - { model: gpt-5, when: { workload: [agent] } }\n    - { model: gpt-5 }")).Validate(),
        Is.Empty);

    [TestCase("gpt-5-mini")]
    [TestCase("gpt-*")]
    public void What_one_list_allows_and_the_other_denies_is_a_warning(string denied)
    {
        var problems = Read(ValidPolicy.With("  models: { allow: [chat-default, gpt-5-mini], deny: [] }", $"  models: {{ allow: [\"gpt-5*\", gpt-5-mini], deny: [\"{denied}\"] }}")).Validate().Where(problem => problem.Code == "allowed_and_denied").ToArray();

        Assert.That(problems.Select(problem => (problem.Severity, problem.Path)), Is.EqualTo(
            (denied == "gpt-*" ? new[] { 0, 1 } : [1]).Select(index => (ProblemSeverity.Warning, $"spec.models.allow[{index}]"))));
        Assert.That(problems[^1].Message, Does.Contain($"denied by \"{denied}\" of models.deny"));
    }

    [TestCase("https://EU.api.openai.com./v1", "eu")]
    [TestCase("https://jp.api.openai.com/v1", "jp")]
    [TestCase("https://api.openai.com./v1", "global")]
    [TestCase("https://ca.api.openai.com/v1", "global")]
    [TestCase("https://api.anthropic.com", "global")]
    [TestCase("https://api.mistral.ai/v1", "global")]
    [TestCase("https://api.eu.mistral.ai/v1", "eu")]
    [TestCase("https://openai.example/v1", "eu")]
    [TestCase("https://notopenai.com/v1", "eu")]
    [TestCase("https://acme.openai.azure.com/openai/v1", "eu")]
    public void A_host_may_be_declared_as_what_it_is(string url, string region) => Assert.That(
        Read(ValidPolicy.With("  baseUrl: https://eu.api.openai.com/v1", $"  baseUrl: {url}").Replace("  region: eu\n", $"  region: {region}\n", StringComparison.Ordinal)).Validate().Where(problem => problem.Code == "region_mismatch"), Is.Empty);

    [TestCase("https://eu.api.openai.com/v2")]
    [TestCase("HTTPS://EU.api.openai.com:443/v1")]
    public void Providers_of_one_origin_may_share_a_credential(string url) => Assert.That(
        Read(ValidPolicy.With("  baseUrl: https://us.api.openai.com/v1\n  credential: { secret: openai-us }", $"  baseUrl: {url}\n  credential: {{ secret: openai-eu }}")).Validate().Where(problem => problem.Code == "shared_credential"), Is.Empty);

    [TestCase("https://eu.api.openai.com:8443/v1", "")]
    [TestCase("http://eu.api.openai.com/v1", "\n  network: private")]
    public void Another_port_or_scheme_is_another_origin(string url, string network)
    {
        var problems = Read(ValidPolicy.With(
            "  baseUrl: https://us.api.openai.com/v1\n  credential: { secret: openai-us }", $"  baseUrl: {url}\n  credential: {{ secret: openai-eu }}{network}")).Validate().Where(problem => problem.Code == "shared_credential");

        Assert.That(problems.Select(problem => (problem.Code, problem.Line)), Is.EqualTo(new[] { ("shared_credential", 7), ("shared_credential", 16) }), "told at each of the two");
    }

    [Test]
    public void All_faults_of_all_files_are_told_at_once()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "a.yaml"), ValidPolicy.With("  residency: { allow: [eu] }", "  residancy: { allow: [eu] }").Replace("model: gpt-5 }", "model: gpt-7 }", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "b.yml"), "apiVersion: asc/v1\nkind: Tenant\nmetadata: { path: other/x }\nspec: { budgets: [] }\n");
        File.WriteAllText(Path.Combine(folder, "c.yaml"), "a: [\n");

        var problems = PolicyFileReader.Read([folder]).Validate();

        Assert.That(problems.Select(problem => (Path.GetFileName(problem.File), problem.Code)), Is.SupersetOf(new[]
        {
            ("a.yaml", "unknown_field"), ("a.yaml", "dangling_reference"), ("b.yml", "not_supported_yet"), ("b.yml", "dangling_reference"), ("c.yaml", "syntax"),
        }));
    }

    [TestCase("a: &x 1\nb: *x\n", "anchors")]
    [TestCase("a: [\n", "not YAML")]
    public void What_is_not_plain_YAML_is_a_syntax_error_with_its_line(string text, string message)
    {
        var problem = Read(text).Problems.Single(problem => problem.Code == "syntax");

        Assert.That(problem.Message, Does.Contain(message));
        Assert.That(problem.Line, Is.GreaterThan(0));
    }

    [Test]
    public void Nesting_without_end_is_refused_and_not_followed() =>
        Assert.That(Read(new string('[', 100_000)).Problems.Select(problem => problem.Code), Does.Contain("syntax"));

    [Test]
    public void A_file_that_is_not_there_is_told()
    {
        var problem = PolicyFileReader.Read(["no-such-file.yaml"]).Problems.Single();

        Assert.That(problem.Code, Is.EqualTo("unreadable"));
    }

    private static PolicyFileSet Read(string text) => PolicyFileReader.Read(["-"], new StringReader(text));
}
