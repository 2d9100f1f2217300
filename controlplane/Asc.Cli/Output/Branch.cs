using Spectre.Console;
using Spectre.Console.Rendering;

namespace Asc.Cli.Output;

/// <summary>A heading with what belongs to it: a tree of two levels, drawn on terminals and merely indented elsewhere.</summary>
internal sealed class Branch(string heading)
{
    private readonly List<(string Mark, string Text, string[] Details)> leaves = [];

    /// <summary>Adds a leaf.</summary>
    /// <param name="mark">One word on what it is: it stands first, and alone carries a colour.</param>
    /// <param name="text">What it says.</param>
    /// <param name="details">Lines below it; empty ones are left out.</param>
    public void Add(string mark, string text, params IEnumerable<string> details) => leaves.Add((mark, text, [.. details.Where(line => line.Length > 0)]));

    /// <summary>Writes it, where it has leaves.</summary>
    public void Print(Printer printer)
    {
        if (leaves.Count == 0)
        {
            return;
        }

        printer.Line("");
        var indentation = leaves.Max(leaf => leaf.Mark.Length) + 2;
        var tree = new Tree(new Text(heading, Marks.Heading)).Guide(Printer.IsInteractive ? TreeGuide.Line : new Indent());
        foreach (var (mark, text, details) in leaves)
        {
            tree.AddNode(Printer.IsInteractive ? Wrapping(mark, [text, .. details], indentation) : Plain(mark, text, details, indentation));
        }

        printer.Write(tree);
    }

    private static Grid Wrapping(string mark, IEnumerable<string> lines, int indentation)
    {
        var grid = new Grid().AddColumn(new GridColumn().Width(indentation).NoWrap().Padding(0, 0, 0, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        return grid.AddRow(new Text(mark, Marks.StyleOf(mark)), new Rows(lines.Select(line => new Text(line))));
    }

    // A grid would fill lines up with blanks.
    private static Rows Plain(string mark, string text, IEnumerable<string> details, int indentation) =>
        new([new Text(mark.PadRight(indentation) + text), .. details.Select(IRenderable (line) => new Padder(new Text(line), new Padding(indentation, 0, 0, 0)))]);

    // What reads a pipe has no use for lines.
    private sealed class Indent : TreeGuide
    {
        public override string GetPart(TreeGuidePart part) => "  ";
    }
}
