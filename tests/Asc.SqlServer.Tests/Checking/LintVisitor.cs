using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>Walks one command.</summary>
internal sealed class LintVisitor(TypeReader types) : TSqlFragmentVisitor
{
    // What EF Core sends; a function that is right and not here is added.
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "ABS", "AVG", "CAST", "CHARINDEX", "COALESCE", "CONCAT", "CONVERT", "COUNT", "COUNT_BIG", "DATALENGTH", "DATEADD", "DATEDIFF", "DATEPART", "IIF", "ISNULL",
        "JSON_VALUE", "JSON_QUERY", "LEFT", "LEN", "LOWER", "LTRIM", "MAX", "MIN", "NULLIF", "REPLACE", "RIGHT", "ROUND", "ROW_NUMBER", "RTRIM", "SUBSTRING", "SUM",
        "SYSDATETIMEOFFSET", "SYSUTCDATETIME", "TRIM", "UPPER", "VALUE",
    };

    public List<string> Found { get; } = [];

    public override void ExplicitVisit(TSqlScript node)
    {
        types.ReadAliases(node);
        base.ExplicitVisit(node);
    }

    public override void Visit(InsertSpecification node)
    {
        if (types.TableOf(node.Target) is not { } table || node.InsertSource is not ValuesInsertSource { IsDefaultValues: false } values)
        {
            return;
        }

        var given = node.Columns.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Found.AddRange(table.Columns.Values
            .Where(column => given.Count > 0 && !column.IsNullable && !column.HasValue && !given.Contains(column.Name))
            .Select(column => $"INSERT {table.Name}: the mandatory column {column.Name} is not given"));
        foreach (var row in values.RowValues)
        {
            if (given.Count > 0 && row.ColumnValues.Count != node.Columns.Count)
            {
                Found.Add($"INSERT {table.Name}: {node.Columns.Count} columns and {row.ColumnValues.Count} values");
            }

            foreach (var (column, value) in node.Columns.Zip(row.ColumnValues))
            {
                Assign(column, value, table);
            }
        }
    }

    public override void Visit(UpdateSpecification node)
    {
        foreach (var set in node.SetClauses.OfType<AssignmentSetClause>().Where(set => set.Column is not null))
        {
            Assign(set.Column, set.NewValue, types.TableOf(node.Target));
        }
    }

    // The control plane makes its keys itself; where one came to be made by the database, EF Core would send this, and mandatory columns would go unchecked.
    public override void Visit(MergeSpecification node) => Found.Add("MERGE is not checked");

    public override void Visit(FunctionCall node)
    {
        if (node.CallTarget is null && !Functions.Contains(node.FunctionName.Value))
        {
            Found.Add($"unknown function {node.FunctionName.Value}");
        }
    }

    public override void Visit(BooleanComparisonExpression node) => Compare(node.FirstExpression, node.SecondExpression);

    public override void Visit(InPredicate node)
    {
        foreach (var value in node.Values)
        {
            Compare(node.Expression, value);
        }
    }

    private void Assign(ColumnReferenceExpression column, ScalarExpression value, Table? table)
    {
        if (value is NullLiteral && types.ColumnOf(column, table) is { IsNullable: false })
        {
            Found.Add($"NULL for the mandatory column {TSql.TextOf(column)}");
        }

        Compare(column, value, table);
    }

    private void Compare(ScalarExpression one, ScalarExpression other, Table? table = null)
    {
        if (types.ClashOf(one, other, table) is { } clash)
        {
            Found.Add(clash);
        }
    }
}
