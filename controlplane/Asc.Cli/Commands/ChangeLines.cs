using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

/// <summary>Changes in plain words, one a line.</summary>
internal static class ChangeLines
{
    public static void Print(Printer printer, IEnumerable<ChangeShape> changes)
    {
        foreach (var change in changes)
        {
            var mark = change.Op switch { "add" => "+", "remove" => "-", _ => "~" };
            printer.Line($"{mark} {change.Kind} {change.Text}");
        }
    }
}
