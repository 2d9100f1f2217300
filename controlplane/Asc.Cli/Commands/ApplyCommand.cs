using System.CommandLine;
using Asc.Cli.Connection;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.Policy.Validation;
using Asc.PolicyFiles;
using Grpc.Core;

namespace Asc.Cli.Commands;

internal static class ApplyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = PolicyFileOption.Create();
        var prune = new Option<bool>("--prune") { Description = "Also remove from the draft what the files don't declare" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing" };
        var expect = ExpectOption.OfDraft();
        var command = new Command("apply", "Changes the draft to what the files declare; nothing is enforced before publish") { file, prune, dryRun, expect };
        runner.Connected(command, async (parsed, controlPlane, printer) =>
        {
            var files = PolicyFileOption.Read(parsed.GetValue(file)!);
            // What could be read of files with errors is judged all the same, so that all errors are told at once.
            var isReadable = !PolicyFileOption.HasErrors(files.Problems);
            var request = new ApplyRequest { Prune = parsed.GetValue(prune), DryRun = parsed.GetValue(dryRun) || !isReadable };
            if (parsed.GetValue(expect) is { } revision)
            {
                request.ExpectedRevision = revision;
            }

            request.Resources.AddRange(files.Resources.Where(resource => isReadable || resource.Identity().Length > 0));
            request.Sources.AddRange(isReadable ? files.Sources : []);
            return isReadable ? await SendAsync(request, files, controlPlane, printer) : await RefuseAsync(request, files, controlPlane, printer);
        });
        return command;
    }

    private static async Task<int> SendAsync(ApplyRequest request, PolicyFileSet files, ControlPlane controlPlane, Printer printer)
    {
        try
        {
            var response = await controlPlane.Admin.ApplyAsync(request, controlPlane.Call);
            var warnings = response.Warnings.SelectMany(problem => Locate(files, problem)).Select(ProblemShape.Of).ToArray();
            var shape = new ApplyShape(request.DryRun, [.. response.Changes.Select(ChangeShape.Of)], warnings, response.Revision);
            printer.Print(shape, ShapesJson.Readable.ApplyShape, Print);
            return ExitCode.Done;
        }
        catch (RpcException exception) when (exception.ToCliException(controlPlane.Server) is { Error: { Code: "invalid_policy", Problems.Count: > 0 } error })
        {
            // The control plane knows the draft, the CLI the lines.
            PolicyFileOption.PrintProblems(printer, error.Problems.SelectMany(problem => Locate(files, problem)));
            return ExitCode.Refused;
        }
    }

    private static async Task<int> RefuseAsync(ApplyRequest request, PolicyFileSet files, ControlPlane controlPlane, Printer printer)
    {
        IEnumerable<FileProblem> ofPolicy = [];
        try
        {
            await controlPlane.Admin.ApplyAsync(request, controlPlane.Call);
        }
        catch (RpcException exception) when (exception.ToCliException(controlPlane.Server) is { Error: { Code: "invalid_policy", Problems.Count: > 0 } error })
        {
            ofPolicy = error.Problems.SelectMany(problem => Locate(files, problem));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument)
        {
            // Too little could be read of it to be judged.
        }

        PolicyFileOption.PrintProblems(printer, files.ProblemsAnd(ofPolicy));
        return ExitCode.Refused;
    }

    private static IEnumerable<FileProblem> Locate(PolicyFileSet files, Problem problem) => files.Locate(
        problem.Warning ? ProblemSeverity.Warning : ProblemSeverity.Error, problem.Kind, problem.Name, problem.Path, problem.Code, problem.Message, problem.Fix);

    private static void Print(Printer printer, ApplyShape shape)
    {
        foreach (var warning in shape.Warnings)
        {
            printer.Say($"{(warning.File.Length > 0 ? $"{warning.File}:{warning.Line}: " : "")}warning: {warning.Message}; {warning.Fix}");
        }

        ChangeLines.Print(printer, shape.Changes);
        printer.Say((shape.Changes.Count, shape.DryRun) switch
        {
            (0, _) => "The draft is as declared already.",
            (_, true) => "Nothing was changed (--dry-run).",
            _ => $"The draft has changed, to revision {shape.Revision}. \"asc diff\" shows what a publish would mean, \"asc publish -m WHY\" enforces it.",
        });
    }
}
