using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Asc.Cli.Shapes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Asc.Cli.Output;

/// <summary>Data to standard output, talk to standard error.</summary>
internal sealed class Printer(OutputFormat format, TextWriter output, TextWriter error)
{
    /// <summary>Whether colours and lines may be drawn.</summary>
    public static bool IsInteractive { get; } = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    public OutputFormat Format { get; } = format;

    public TextWriter Output { get; } = output;

    /// <summary>Prints <paramref name="shape"/> as the format wants it.</summary>
    /// <param name="table">How people read it.</param>
    public void Print<T>(T shape, JsonTypeInfo<T> type, Action<Printer, T> table)
    {
        switch (Format)
        {
            case OutputFormat.Json:
                Output.WriteLine(JsonSerializer.Serialize(shape, type));
                break;
            case OutputFormat.Yaml:
                YamlText.Write(JsonSerializer.SerializeToElement(shape, type), Output);
                break;
            default:
                table(this, shape);
                break;
        }
    }

    /// <summary>A line of talk: to standard error, and only where people read.</summary>
    public void Say(string line)
    {
        if (Format == OutputFormat.Table)
        {
            error.WriteLine(line);
        }
    }

    public void Line(string line) => Output.WriteLine(line);

    public void Table(string[] columns, IEnumerable<string?[]> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.ToUpperInvariant(), new Style(decoration: IsInteractive ? Decoration.Bold : Decoration.None))).NoWrap().PadRight(2));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell ?? "-")).ToArray());
        }

        Write(table);
    }

    /// <summary>Whatever Spectre draws: as wide as the terminal, and uncut where there is none.</summary>
    public void Write(IRenderable drawing)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Output),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!IsInteractive)
        {
            // A pipe has no width: nothing is cut.
            console.Profile.Width = 100_000;
        }

        console.Write(drawing);
    }

    public void Fail(CliException exception)
    {
        if (Format == OutputFormat.Json)
        {
            error.WriteLine(JsonSerializer.Serialize(ErrorShape.Of(exception.Error), ShapesJson.Readable.ErrorShape));
            return;
        }

        var one = exception.Error;
        var correlation = one.CorrelationId.Length > 0 ? $" [{one.CorrelationId}]" : "";
        foreach (var problem in one.Problems)
        {
            error.WriteLine($"{(problem.Warning ? "warning" : "error")}: {problem.Kind} {problem.Name}: {problem.Message} [{problem.Code}]");
            error.WriteLine($"    at {problem.Path}; {problem.Fix}");
        }

        error.WriteLine($"asc: {one.Code}: {one.Message}{(one.Fix.Length > 0 ? $" {Sentence(one.Fix)}" : "")}{correlation}");
    }

    // A command is written as it is typed.
    private static string Sentence(string fix) => fix.StartsWith("asc ", StringComparison.Ordinal) ? fix : char.ToUpperInvariant(fix[0]) + fix[1..] + (fix.EndsWith('.') || fix.EndsWith('?') ? "" : ".");
}
