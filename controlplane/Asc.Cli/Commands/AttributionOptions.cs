using System.CommandLine;

namespace Asc.Cli.Commands;

/// <summary><c>--tag</c>, <c>--workload</c>, <c>--data-class</c>: what a request or a key says.</summary>
internal sealed class AttributionOptions
{
    private readonly Option<string[]> tags = new("--tag") { HelpName = "K=V,K=V", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> workloads = new("--workload") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> dataClasses = new("--data-class") { HelpName = "C,C", AllowMultipleArgumentsPerToken = false };

    /// <param name="tag">What <c>--tag</c> means here; and so on.</param>
    /// <param name="isOneWorkload">Whether no more than one workload makes sense.</param>
    public AttributionOptions(LiveNames live, string tag, string workload, string dataClass, bool isOneWorkload)
    {
        (tags.Description, workloads.Description, dataClasses.Description) = ($"{tag}; several comma-separated, or once for each", workload, dataClass);
        workloads.HelpName = isOneWorkload ? "W" : "W,W";
        workloads.CompletionSources.Add("interactive", "batch", "agent");
        workloads.CompletionSources.Add(live.Of("Workload"));
        tags.Validators.Add(static given =>
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var tag in given.Tokens.SelectMany(token => TagsOf(token.Value)))
            {
                var cut = tag.IndexOf('=', StringComparison.Ordinal);
                if (cut < 1 || cut == tag.Length - 1)
                {
                    given.AddError($"--tag can't be \"{tag}\": write key=value.");
                }
                else if (!keys.Add(tag[..cut]))
                {
                    given.AddError($"--tag {tag[..cut]} is given twice.");
                }
            }
        });
        foreach (var list in new[] { workloads, dataClasses })
        {
            list.Validators.Add(given =>
            {
                // An empty variable of a script must not make a key, or an answer, for everything.
                var count = given.Tokens.Sum(token => Split(token.Value).Length);
                if (count == 0 || (count > 1 && list == workloads && isOneWorkload))
                {
                    given.AddError(count == 0 ? $"{list.Name} names nothing: leave it out." : $"{list.Name} is one of them.");
                }
            });
        }
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { tags, workloads, dataClasses })
        {
            command.Options.Add(option);
        }
    }

    public IEnumerable<KeyValuePair<string, string>> Tags(ParseResult parsed) =>
        (parsed.GetValue(tags) ?? []).SelectMany(TagsOf).Select(tag => tag.Split('=', 2)).Select(parts => new KeyValuePair<string, string>(parts[0], parts[1]));

    public IEnumerable<string> Workloads(ParseResult parsed) => (parsed.GetValue(workloads) ?? []).SelectMany(Split);

    public IEnumerable<string> DataClasses(ParseResult parsed) => (parsed.GetValue(dataClasses) ?? []).SelectMany(Split);

    // As in the header: a value has no comma.
    private static string[] TagsOf(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
