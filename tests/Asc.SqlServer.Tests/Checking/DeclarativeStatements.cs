using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>What a script declares: a schema model takes CREATE statements and constraints only, and a script may wrap them in IF, BEGIN or EXEC.</summary>
internal sealed class DeclarativeStatements
{
    private readonly Dictionary<string, string> variables = new(StringComparer.OrdinalIgnoreCase);

    private DeclarativeStatements()
    {
    }

    public List<string> Declared { get; } = [];

    /// <summary>INSERT of seeded rows, SET and the like.</summary>
    public List<string> Others { get; } = [];

    public static DeclarativeStatements Of(string script)
    {
        var found = new DeclarativeStatements();
        foreach (var batch in TSql.Parse(script).Batches)
        {
            found.variables.Clear();
            found.TakeAll(batch.Statements);
        }

        return found;
    }

    private void TakeAll(IEnumerable<TSqlStatement> statements)
    {
        foreach (var statement in statements)
        {
            Take(statement);
        }
    }

    private void Take(TSqlStatement statement)
    {
        switch (statement)
        {
            case IfStatement { ElseStatement: null } branch:
                Take(branch.ThenStatement);
                break;
            case BeginEndBlockStatement block:
                TakeAll(block.StatementList.Statements);
                break;
            case DeclareVariableStatement declaration:
                foreach (var element in declaration.Declarations)
                {
                    variables[element.VariableName.Value] = element.Value is StringLiteral literal ? literal.Value : "";
                }

                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList list }:
                var text = string.Concat(list.Strings.Select(part => part is VariableReference variable ? variables[variable.Name] : ((StringLiteral)part).Value));
                TakeAll(TSql.Parse(text).Batches.SelectMany(batch => batch.Statements));
                break;
            case CreateTableStatement or CreateIndexStatement or CreateSequenceStatement or CreateSchemaStatement or CreateViewStatement:
            case AlterTableAddTableElementStatement { Definition: { TableConstraints.Count: > 0, ColumnDefinitions.Count: 0 } }:
                Declared.Add(TSql.TextOf(statement));
                break;
            default:
                Others.Add(TSql.TextOf(statement));
                break;
        }
    }
}
