using System.Collections.Immutable;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;

namespace Asc.Policy.Tests;

/// <summary>What kind of thing a model is, and that it is asked for nothing else.</summary>
public sealed class KindTests
{
    private static readonly CompiledPolicy Compiled = PolicyCompiler.Compile(Document(), 1);

    private static IEnumerable<Operation> Asked => Operations.All;

    [TestCaseSource(nameof(Asked))]
    public void Every_operation_is_of_one_kind(Operation operation) =>
        Assert.That(operation.Kind(), Is.AnyOf(Capabilities.Chat, Capabilities.Embeddings, Capabilities.Fim));

    [Test]
    public void What_isn_t_said_is_of_none() => Assert.That(Operation.Unspecified.Kind(), Is.EqualTo(Capabilities.None));

    [TestCase("chatty", "/v1/chat/completions /v1/responses /v1/messages /v1/messages/count_tokens /mistral/v1/chat/completions")]
    [TestCase("embed", "/v1/embeddings /mistral/v1/embeddings")]
    [TestCase("coder", "/v1/chat/completions /v1/responses /v1/messages /v1/messages/count_tokens /mistral/v1/chat/completions /mistral/v1/fim/completions")]
    [TestCase("filler", "/mistral/v1/fim/completions")]
    [TestCase("open-coder", "/v1/chat/completions /v1/responses /v1/messages /v1/messages/count_tokens /mistral/v1/chat/completions", TestName = "What the provider doesn't offer isn't served either")]
    [TestCase("unsaid", "/v1/chat/completions /v1/responses /v1/messages /v1/embeddings /v1/messages/count_tokens /mistral/v1/chat/completions /mistral/v1/fim/completions /mistral/v1/embeddings",
        TestName = "From a model that declares nothing nothing is kept")]
    [TestCase("able", "/v1/chat/completions /v1/responses /v1/messages /v1/embeddings /v1/messages/count_tokens /mistral/v1/chat/completions /mistral/v1/fim/completions /mistral/v1/embeddings",
        TestName = "Nor is any kind kept from one that declares what it can do and no kind")]
    public void A_model_serves_what_is_of_its_kind(string name, string paths)
    {
        Assert.That(Operations.All.Where(operation => PolicyEvaluator.Evaluate(Facts(name, operation)).IsAllowed).Select(Operations.Path), Is.EqualTo(paths.Split(' ')));
        Assert.That(Operations.All.Where(Compiled.FindName(name)!.Candidates[0].Serves).Select(Operations.Path), Is.EqualTo(paths.Split(' ')), "and it is known without a request");
        Assert.That(Operations.All.Where(operation => PolicyEvaluator.MayAskFor(Facts(name), Compiled.FindName(name)!, operation)).Select(Operations.Path), Is.EqualTo(paths.Split(' ')), "and told who asks");
    }

    [Test]
    public void What_it_can_do_otherwise_is_what_it_declares() =>
        Assert.That(Of("able", Operation.ChatCompletions, Capabilities.Vision).Message, Does.Contain("able does not do vision, which the request uses"));

    [Test]
    public void Who_asks_a_model_of_another_kind_is_told_what_it_is_and_who_would_do()
    {
        var trace = Of("embed", Operation.ChatCompletions);

        Assert.That((trace.Decision.Code, trace.Decision.Rule), Is.EqualTo((ErrorCode.UnsupportedFeature, PolicyRule.ModelCapabilities)));
        Assert.That(trace.Message, Is.EqualTo("\"embed\" can't serve the request: embed is no chat model: it declares embeddings (capabilities of the Model embed). Allowed here: able, chatty, coder, mixed, open-coder, split, unsaid."));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "the request goes to /v1/embeddings or /mistral/v1/embeddings, or capabilities of the Model embed include chat" }));
        var check = trace.Checks.Single(check => check.Outcome == "fail");
        Assert.That((check.Rule, check.Inputs.Single(input => input.Key == "uses").Value, check.DeclaredIn), Is.EqualTo((PolicyRule.ModelCapabilities, "chat", new RuleDeclaration("Model", "embed", "spec"))));
        Assert.That(trace.Candidates.Single().Reason, Is.EqualTo("embed is no chat model: it declares embeddings (capabilities of the Model embed)"));
    }

    [Test]
    public void Of_a_model_of_two_kinds_both_are_told() =>
        Assert.That(Of("coder", Operation.Embeddings).Message, Does.Contain("coder is no embeddings model: it declares chat, fim (").And.EndsWith("Allowed here: able, embed, mixed, split, unsaid."));

    [Test]
    public void Where_its_provider_has_nothing_of_its_kind_nowhere_is_named() =>
        Assert.That(Of("lost", Operation.MistralFim).WouldPassIf, Is.EqualTo(new[] { "lost gets a deployment of a provider that has /mistral/v1/fim/completions" }));

    [Test]
    public void What_is_only_imagined_can_be_said_to_be_of_a_kind()
    {
        Assert.That(Of("embed", Operation.Unspecified).Decision.IsAllowed, Is.True);
        var trace = Of("embed", Operation.Unspecified, Capabilities.Chat | Capabilities.Tools);
        Assert.That(trace.Message, Does.Contain("embed is no chat model"));
        Assert.That(trace.WouldPassIf, Is.EqualTo(new[] { "the request does not use chat, tools, or capabilities of the Model embed include chat, tools" }));
    }

    [TestCase(Operation.ChatCompletions, "chatty")]
    [TestCase(Operation.CountTokens, "chatty")]
    [TestCase(Operation.Embeddings, "embed")]
    public void A_route_passes_over_targets_of_another_kind(Operation operation, string serving)
    {
        var trace = Of("mixed", operation);

        Assert.That(trace.Decision.Candidate!.Model.Name, Is.EqualTo(serving));
        Assert.That(trace.Candidates.Where(candidate => candidate.Rank > 0).Select(candidate => candidate.Model), Is.EqualTo(new[] { serving }));
    }

    [TestCase(Operation.ChatCompletions, Capabilities.None, "chatty")]
    [TestCase(Operation.MistralChat, Capabilities.Tools, "chatty")]
    [TestCase(Operation.MistralEmbeddings, Capabilities.None, "unsaid")]
    public void A_target_can_be_one_for_a_kind(Operation operation, Capabilities uses, string serving)
    {
        var trace = Of("split", operation, uses);

        Assert.That(trace.Decision.Candidate!.Model.Name, Is.EqualTo(serving));
        Assert.That(trace.Candidates.Single(candidate => candidate.Rank == 0).Reason, Is.EqualTo($"taken only when it uses {(serving == "chatty" ? "embeddings" : "chat")}"));
    }

    [Test]
    public void No_request_becomes_another_to_fulfil_a_condition()
    {
        var trace = Of("split", Operation.MistralFim);

        Assert.That(trace.Decision.Rule, Is.EqualTo(PolicyRule.TargetCondition), trace.Message);
        Assert.That(trace.WouldPassIf, Has.Some.Contains("targets.when of the Route split lets unsaid take it").And.None.Contains("fulfils the condition"));
    }

    [Test]
    public void A_target_for_two_kinds_at_once_would_take_nothing()
    {
        var problem = PolicyValidator.Validate(Document(Capabilities.Chat | Capabilities.Embeddings | Capabilities.Tools)).Single(problem => problem.Kind == "Route");

        Assert.That((problem.Path, problem.Code, problem.Message), Is.EqualTo(("spec.targets[0].when.uses", "no_effect", "no request is chat and embeddings at once: the target takes none")));
    }

    private static DecisionTrace Of(string name, Operation operation, Capabilities uses = Capabilities.None) => PolicyExplainer.Explain(Compiled, Facts(name, operation, uses), name, "eu");

    private static RequestFacts Facts(string name, Operation operation = Operation.Unspecified, Capabilities uses = Capabilities.None) =>
        new(Compiled.FindTenant("acme")!, Compiled.FindName(name), Compiled.Regions.BitOf("eu"), null, AccessSwitches.None) { Shape = new(uses, Operation: operation) };

    private static PolicyDocument Document(Capabilities first = Capabilities.Chat) => new(
        [new("openai", ProviderProtocol.OpenAi, "https://openai.example/v1", "s", "eu"), new("mistral", ProviderProtocol.Mistral, "https://mistral.example", "s", "eu")],
        [
            Model("chatty", "openai", Capabilities.Chat | Capabilities.Tools), Model("embed", "openai", Capabilities.Embeddings),
            Model("coder", "mistral", Capabilities.Chat | Capabilities.Fim), Model("filler", "mistral", Capabilities.Fim), Model("open-coder", "openai", Capabilities.Chat | Capabilities.Fim),
            Model("lost", "openai", Capabilities.Fim), Model("unsaid", "mistral", null), Model("able", "mistral", Capabilities.Tools),
        ],
        [
            new("mixed", [new("embed"), new("chatty")]),
            new("split", [new("chatty", When: Using(first)), new("unsaid", When: Using(Capabilities.Embeddings))]),
        ],
        [new("acme", ["*"], AllowedRegions: ["eu"], Id: "t")]);

    private static TargetConditionDocument Using(Capabilities uses) => new([], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, [], Uses: uses);

    private static ModelDocument Model(string name, string provider, Capabilities? capabilities) => new(name, [new(provider, name)]) { Capabilities = capabilities };
}
