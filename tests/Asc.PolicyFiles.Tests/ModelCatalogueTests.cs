using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;

namespace Asc.PolicyFiles.Tests;

/// <summary>What ASC knows of models, and how a policy file takes it.</summary>
public sealed class ModelCatalogueTests
{
    private const string Provider = """
        apiVersion: asc/v1
        kind: Provider
        metadata: { name: p }
        spec: { protocol: openai, baseUrl: https://eu.api.openai.com/v1, region: eu, credential: { secret: p } }
        ---

        """;

    private static IEnumerable<string> Names => ModelCatalogue.All.Select(static model => model.Identity());

    [TestCaseSource(nameof(Names))]
    public void Every_entry_makes_a_model_that_can_be_published(string name)
    {
        var files = PolicyFileReader.ReadText("p.yaml", Provider + Model(name));

        Assert.That(files.Validate(), Is.Empty);
        Assert.That(files.Resources.Last().Model.HasContextWindow, Is.True, "there is no use in an entry that says nothing");
    }

    [TestCaseSource(nameof(Names))]
    public void Every_entry_says_of_which_kind_it_is(string name)
    {
        Capability[] kinds = name.Contains("embed", StringComparison.Ordinal) ? [Capability.Embeddings] : name.StartsWith("codestral", StringComparison.Ordinal) ? [Capability.Chat, Capability.Fim] : [Capability.Chat];

        Assert.That(ModelCatalogue.Find(name)!.Model.Capabilities.Intersect([Capability.Chat, Capability.Embeddings, Capability.Fim]), Is.EqualTo(kinds));
        Assert.That(ModelCatalogue.Find(name)!.Model.Capabilities.Count, kinds is [Capability.Embeddings] ? Is.EqualTo(1) : Is.GreaterThan(1), "of embeddings there is nothing more to say");
    }

    [Test]
    public void What_the_file_says_itself_holds_and_the_rest_is_the_entrys()
    {
        var model = PolicyFileReader.ReadText("p.yaml", Provider + Model("claude-sonnet-4-5", "  maxOutputTokens: 1000\n  capabilities: [tools]\n")).Resources.Last().Model;

        Assert.That((model.Catalogue, model.ContextWindow, model.MaxOutputTokens), Is.EqualTo(("claude-sonnet-4-5", 200_000, 1000)));
        Assert.That(model.Capabilities, Is.EqualTo(new[] { Capability.Tools }));
        Assert.That(model.Reasoning.ByBudget, Is.True);
        Assert.That(ModelCatalogue.Find("claude-sonnet-4-5")!.Model.Deployments, Is.Empty, "the entry is as it was");
    }

    [Test]
    public void A_part_of_what_is_said_together_is_filled_in_too()
    {
        var model = PolicyFileReader.ReadText("p.yaml", Provider + Model("claude-haiku-4-5", "  reasoning: { efforts: [low] }\n")).Resources.Last().Model;

        Assert.That(model.Reasoning.Efforts, Is.EqualTo(new[] { Effort.Low }));
        Assert.That(model.Reasoning.ByBudget, Is.True, "it is told by budget, whichever efforts are meant");
    }

    [TestCase("", true)]
    [TestCase("  cacheBreakpoints: false\n", false)]
    public void Whether_a_model_takes_cache_breakpoints_is_the_entry_s_unless_the_file_says_otherwise(string said, bool expected) =>
        Assert.That(PolicyFileReader.ReadText("p.yaml", Provider + Model("gpt-5.6-sol", said)).Resources.Last().Model.CacheBreakpoints, Is.EqualTo(expected));

    [Test]
    public void What_the_file_says_is_nothing_is_nothing()
    {
        var model = PolicyFileReader.ReadText("p.yaml", Provider + Model("claude-haiku-4-5", "  unsupported: []\n  reasoning: { efforts: [], byBudget: false }\n"));

        Assert.That(model.Problems, Is.Empty);
        var read = model.Resources.Last().Model;
        Assert.That((read.Unsupported.Count, read.Reasoning.Efforts.Count, read.Reasoning.ByBudget), Is.EqualTo((0, 0, false)), "the entry refuses top-p-with-temperature, and is told by budget");
        Assert.That(read.ContextWindow, Is.EqualTo(200_000));
        var again = PolicyFileReader.ReadText("p.yaml", ResourceWriter.ToJson(model.Resources.Last()).ToJsonString()).Resources.Single();
        Assert.That(again.Model, Is.EqualTo(read), "written out it says so, too");
    }

    [Test]
    public void What_it_can_do_is_something() =>
        Assert.That(PolicyFileReader.ReadText("p.yaml", Provider + Model("gpt-5", "  capabilities: []\n")).Problems.Single().Message, Does.Contain("an empty list, which would be as if it were absent"), "and that would be everything");

    [Test]
    public void A_model_that_names_no_entry_gets_nothing()
    {
        var model = PolicyFileReader.ReadText("p.yaml", Provider + Model("gpt-5").Replace("catalogue: gpt-5", "limits: {}", StringComparison.Ordinal)).Resources.Last();

        Assert.That((model.Identity(), model.Model.HasContextWindow, model.Model.Capabilities.Count), Is.EqualTo(("gpt-5", false, 0)), "nothing is guessed from its name");
    }

    [TestCase("", ToolsBy.Responses)]
    [TestCase("  toolsBy: chat-completions\n", ToolsBy.ChatCompletions)]
    public void How_a_model_takes_tools_is_the_entry_s_unless_the_file_says_otherwise(string said, ToolsBy expected) =>
        Assert.That(PolicyFileReader.ReadText("p.yaml", Provider + Model("gpt-6.1-sol", said)).Resources.Last().Model.ToolsBy, Is.EqualTo(expected));

    [Test]
    public void What_is_written_out_again_reads_as_the_same()
    {
        var model = PolicyFileReader.ReadText("p.yaml", Provider + Model("gpt-5")).Resources.Last();

        var again = PolicyFileReader.ReadText("p.yaml", ResourceWriter.ToJson(model).ToJsonString()).Resources.Single();

        Assert.That(again.Model, Is.EqualTo(model.Model));
    }

    private static string Model(string catalogue, string more = "") => $$"""
        apiVersion: asc/v1
        kind: Model
        metadata: { name: {{catalogue}} }
        spec:
          catalogue: {{catalogue}}
          deployments: [ { provider: p, upstreamModel: m } ]
        {{more}}
        """;
}
