using System.CommandLine;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Policy.Validation;
using Asc.PolicyFiles;

namespace Asc.Cli.Commands;

/// <summary>The <c>-f</c> of commands that read policy files, and how what is wrong with them is told.</summary>
internal static class PolicyFileOption
{
    public static Option<string[]> Create()
    {
        var option = SeveralValues.Create("--file", "-f");
        (option.Description, option.Required, option.HelpName) = ("A policy file or folder; \"-\" is standard input", true, "F");
        return option;
    }

    public static PolicyFileSet Read(string[] paths) => PolicyFileReader.Read(paths, Console.In);

    /// <summary>One block a problem: where, what, how to mend it.</summary>
    public static void PrintProblems(Printer printer, IEnumerable<FileProblem> problems) => printer.Print(
        ValidationShape.Of([.. problems]),
        ShapesJson.Readable.ValidationShape,
        static (printer, shape) =>
        {
            foreach (var (label, problem) in shape.Errors.Select(error => ("error", error)).Concat(shape.Warnings.Select(warning => ("warning", warning))))
            {
                printer.Line($"{(problem.File.Length > 0 ? $"{FileProblem.PlaceOf(problem.File, problem.Line, problem.Column)}: " : "")}{label}: {problem.Message} [{problem.Code}]");
                printer.Line($"    {(problem.Path.Length > 0 ? $"at {problem.Path}; " : "")}{problem.Fix}");
            }

            printer.Line(shape.Valid
                ? shape.Warnings.Count == 0 ? "valid" : $"valid, {Quantity.Of(shape.Warnings.Count, "warning")}"
                : $"{Quantity.Of(shape.Errors.Count, "error")}, {Quantity.Of(shape.Warnings.Count, "warning")}");
        });

    public static bool HasErrors(IEnumerable<FileProblem> problems) => problems.Any(problem => problem.Severity == ProblemSeverity.Error);
}
