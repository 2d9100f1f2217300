using System.Globalization;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Spectre.Console;

namespace Asc.Cli.Commands;

/// <summary>A decision as people read it: the verdict, then a branch each for what was judged, who may serve, what happened and what would mend it.</summary>
internal static class ExplanationText
{
    // A hedged call that another one was faster than.
    private const string Superseded = "superseded";

    // What a line of a terminal takes; longer ones break wherever they end.
    private const int LongestLine = 90;

    public static void Print(Printer printer, ExplainShape explained)
    {
        var verdict = explained.Verdict.ToUpperInvariant();
        printer.Write(new Paragraph().Append(verdict, Marks.StyleOf(verdict)).Append($"{(explained.Code is null ? "" : $" {explained.Code}")}{Afterwards(explained)}, by {By(explained, "policy version ", "the draft")}"));
        printer.Line("");
        printer.Write(new Text(explained.Message));
        printer.Line("");
        Checks(explained).Print(printer);
        Candidates(explained).Print(printer);
        Happened(explained.Execution).Print(printer);
        Mends(explained).Print(printer);
    }

    // What policy permits can still fail.
    private static string Afterwards(ExplainShape explained) => explained.Execution switch
    {
        { Outcome: "failed", Code: { } code } => $", then failed with {code}",
        { Outcome: "aborted" } => ", then the client left",
        _ => "",
    };

    private static Branch Checks(ExplainShape explained)
    {
        var branch = new Branch($"checks, in the order in which they are judged{(explained.Checks.Any(check => check.Outcome == "skip") ? " (skip: not reached)" : "")}");
        foreach (var check in explained.Checks)
        {
            var inputs = check.Inputs.Select(input => $"{input.Key}: {input.Value}").ToArray();
            var origin = Origin(check, explained);
            var title = check.Question is null ? check.Name : $"{check.Name}: {check.Question}";
            switch (check.Outcome)
            {
                case "fail":
                    branch.Add("FAIL", title, [.. inputs, origin.Length > 0 ? $"this rule: {origin}" : ""]);
                    break;
                case "observed":
                    branch.Add("watch", $"{title} (it does not, and is let through: the rule is only observed)", [.. inputs, origin.Length > 0 ? $"this rule: {origin}" : ""]);
                    break;
                default:
                    var line = $"{string.Join("; ", inputs)}{(origin.Length > 0 ? $"  ({origin})" : "")}";
                    branch.Add(check.Outcome, title, line.Length <= LongestLine ? [line] : [.. inputs, origin.Length > 0 ? $"this rule: {origin}" : ""]);
                    break;
            }
        }

        return branch;
    }

    private static string Origin(CheckShape check, ExplainShape explained) => check.Origin is null && check.Source is null
        ? ""
        : string.Join(", ", new[] { check.Origin, By(explained, "policy v", "draft"), check.Source?.ToString() }.OfType<string>());

    private static Branch Candidates(ExplainShape explained)
    {
        var asked = explained.Order is { Open: true } ? "in an order that is not known beforehand" : $"in the order in which they {(explained.Verdict == "allow" ? "are" : "would be")} asked";
        var branch = new Branch($"candidates, {asked}{(explained.Order is { } order ? $" ({order.Strategy}: {order.Text})" : "")}");
        foreach (var candidate in explained.Candidates.Where(candidate => candidate.Kept).OrderBy(candidate => candidate.Rank))
        {
            branch.Add(
                explained.Order is { Open: true } ? "-" : $"{candidate.Rank}.", Deployment(candidate.Deployment, candidate.Provider, candidate.Region, candidate.Model), candidate.OrderedBy ?? "", candidate.Reason ?? "");
        }

        foreach (var candidate in explained.Candidates.Where(candidate => !candidate.Kept))
        {
            branch.Add("drop", Deployment(candidate.Deployment, candidate.Provider, candidate.Region, candidate.Model), $"{(candidate.Rule is null ? "" : $"{candidate.Rule}: ")}{candidate.Reason}");
        }

        return branch;
    }

    private static Branch Happened(ExecutionShape? execution)
    {
        var branch = new Branch("what happened");
        if (execution is null)
        {
            return branch;
        }

        branch.Add("", $"{execution.Node} received request {execution.RequestId} at {execution.At}");
        if (execution.Calls.Count == 0)
        {
            branch.Add("", "no provider was called: nothing of the request left the node");
        }

        foreach (var call in execution.Calls)
        {
            branch.Add(call.Code switch { null => "served", Superseded => "late", _ => "failed" }, Deployment(call.Deployment, call.Provider, call.Region, call.Model), Outcome(call));
        }

        if (execution.Dropped.Count > 0)
        {
            branch.Add("", $"the provider was asked without {string.Join(", ", execution.Dropped)}");
        }

        var usage = execution.Usage;
        if (usage.Input + usage.CachedRead + usage.CacheWrite + usage.Output > 0)
        {
            var cached = usage.CachedRead + usage.CacheWrite > 0 ? $", cache {usage.CachedRead} read and {usage.CacheWrite} written" : "";
            var reasoning = usage.Reasoning > 0 ? $", {usage.Reasoning} of them to think" : "";
            branch.Add("", $"tokens: {usage.Input} in, {usage.Output} out{reasoning}{cached}{(usage.Estimated ? " (all or part estimated: a provider told none)" : "")}");
        }

        branch.Add("", execution.Outcome == "aborted"
            ? $"the client left after {Milliseconds(execution.DurationMs)}"
            : $"the client was answered {execution.Status}{(execution.Code is null ? "" : $" {execution.Code}")} after {Milliseconds(execution.DurationMs)}{(execution.TtftMs is { } first ? $", the first token after {Milliseconds(first)}" : "")}");
        return branch;
    }

    private static string Outcome(CallShape call)
    {
        var answer = call switch
        {
            { Code: null } => "it answered",
            { Code: Superseded } => "another target, asked as well, answered first",
            { UpstreamStatus: { } status } => $"{call.Code}: it answered {status}",
            _ => $"{call.Code}: it did not answer",
        };
        var sent = call.Sent ? "the request was sent" : "nothing was sent";
        var began = call.StartedMs is { } at ? $"; began after {Milliseconds(at)}" : "";
        return $"{answer}; {sent}{began}{(call.DurationMs is { } took ? $", took {Milliseconds(took)}" : "")}";
    }

    // What has several ways is one condition; on a screen each is a line.
    private const string Either = "either ";

    private static Branch Mends(ExplainShape explained)
    {
        var branch = new Branch(explained.WouldPassIf.Count == 1 ? "would pass if" : "would pass if all of this were so");
        foreach (var (n, condition) in explained.WouldPassIf.Index())
        {
            var ways = condition.StartsWith(Either, StringComparison.Ordinal) ? condition[Either.Length..].Split("; or ") : [];
            branch.Add($"{n + 1}.", ways.Length == 0 ? condition : "any of these:", ways.Select(way => $"- {way}"));
        }

        return branch;
    }

    private static string Deployment(string deployment, string provider, string region, string model) =>
        $"{deployment} of {provider} in {region}{(model.Length == 0 || model == deployment ? "" : $" (model {model})")}";

    private static string By(ExplainShape explained, string version, string draft) => explained.PolicyVersion is { } number ? string.Create(CultureInfo.InvariantCulture, $"{version}{number}") : draft;

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms");
}
