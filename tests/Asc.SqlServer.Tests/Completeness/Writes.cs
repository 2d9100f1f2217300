using Asc.SqlServer.Tests.Capturing;
using Asc.SqlServer.Tests.Checking;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Asc.SqlServer.Tests.Completeness;

/// <summary>What commands write: which tables they insert into and delete from, and which columns they set.</summary>
internal sealed class Writes : TSqlFragmentVisitor
{
    private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal);

    public HashSet<string> Inserted { get; } = [];

    public HashSet<string> Deleted { get; } = [];

    public HashSet<string> Set { get; } = [];

    public static Writes Of(IEnumerable<SentCommand> commands)
    {
        var writes = new Writes();
        foreach (var script in commands.Select(command => TSql.Parse(command.Sql)))
        {
            writes.aliases.Clear();
            script.Accept(writes);
        }

        return writes;
    }

    public override void ExplicitVisit(UpdateSpecification node)
    {
        // The alias that is updated is declared behind it.
        node.FromClause?.Accept(this);
        var table = NameOf(node.Target);
        Set.UnionWith(node.SetClauses.OfType<AssignmentSetClause>().Select(set => $"{table}.{set.Column.MultiPartIdentifier.Identifiers[^1].Value}"));
    }

    public override void Visit(NamedTableReference node) => aliases[node.Alias?.Value ?? ""] = node.SchemaObject.BaseIdentifier.Value;

    public override void Visit(InsertSpecification node) => Inserted.Add(NameOf(node.Target));

    public override void Visit(DeleteSpecification node) => Deleted.Add(NameOf(node.Target));

    private string NameOf(TableReference target)
    {
        var name = ((NamedTableReference)target).SchemaObject.BaseIdentifier.Value;
        return aliases.GetValueOrDefault(name, name);
    }
}
