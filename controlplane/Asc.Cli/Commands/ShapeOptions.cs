using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy.V1;
using Asc.Policy.Documents;

namespace Asc.Cli.Commands;

/// <summary><c>--endpoint</c>, <c>--features</c>, <c>--prompt-tokens</c>, <c>--max-tokens</c>, <c>--uses</c>: what a request would be like.</summary>
internal sealed class ShapeOptions
{
    private static readonly Dictionary<string, Capability> Names = new(StringComparer.Ordinal)
    {
        ["chat"] = Capability.Chat, ["embeddings"] = Capability.Embeddings, ["fim"] = Capability.Fim,
        ["tools"] = Capability.Tools, ["vision"] = Capability.Vision, ["json-schema"] = Capability.JsonSchema, ["streaming"] = Capability.Streaming,
    };

    private readonly Option<long?> promptTokens = new("--prompt-tokens") { Description = "How long its prompt would be, as estimated", HelpName = "N" };
    private readonly Option<long?> maxTokens = new("--max-tokens") { Description = "How long it would let the answer be", HelpName = "N" };
    private readonly Option<string[]> uses = new("--uses") { Description = $"What it would use: {string.Join(", ", Names.Keys)}", HelpName = "U,U", AllowMultipleArgumentsPerToken = false };

    private readonly Option<string> endpoint = new("--endpoint") { Description = "Where it would be sent, e.g. /v1/messages; default: wherever the model is served", HelpName = "PATH" };
    private readonly Option<string[]> features = new("--features") { Description = "What it would ask for that not everybody has, with --endpoint: seed, top-k, prefill, …", HelpName = "F,F", AllowMultipleArgumentsPerToken = false };

    public ShapeOptions()
    {
        endpoint.CompletionSources.Add(static _ => Operations.All.Select(static operation => new CompletionItem(operation.Path())));
        features.CompletionSources.Add(static _ => RequestFeatureNames.All.Select(static feature => new CompletionItem(feature.Value)));
        foreach (var tokens in new[] { promptTokens, maxTokens })
        {
            tokens.Validators.Add(given =>
            {
                // What is no number at all is told as for any other option.
                if (given.Tokens.Any(token => long.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) && count < 1))
                {
                    given.AddError($"{tokens.Name} is at least 1.");
                }
            });
        }

        uses.CompletionSources.Add([.. Names.Keys]);
        uses.Validators.Add(static given =>
        {
            foreach (var name in given.Tokens.SelectMany(token => Split(token.Value)).Where(name => !Names.ContainsKey(name)))
            {
                given.AddError($"--uses can't be \"{name}\": write one of {string.Join(", ", Names.Keys)}.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { endpoint, features, promptTokens, maxTokens, uses })
        {
            command.Options.Add(option);
        }
    }

    public void Tell(ParseResult parsed, ExplainRequest request)
    {
        (request.PromptTokens, request.MaxTokens) = ((ulong)(parsed.GetValue(promptTokens) ?? 0), (ulong)(parsed.GetValue(maxTokens) ?? 0));
        request.Endpoint = parsed.GetValue(endpoint) ?? "";
        request.Features.AddRange((parsed.GetValue(features) ?? []).SelectMany(Split));
        request.Uses.AddRange((parsed.GetValue(uses) ?? []).SelectMany(Split).Select(name => Names[name]).Distinct());
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries);
}
