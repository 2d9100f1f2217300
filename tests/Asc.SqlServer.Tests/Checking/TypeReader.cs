using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>What kind of value an expression gives, as far as that can be told without a server.</summary>
internal sealed class TypeReader(IReadOnlyDictionary<string, Table> tables, IReadOnlyDictionary<string, string> parameters)
{
    // What SQL Server doesn't convert by itself (errors 206, 257 and 529).
    private static readonly HashSet<(string, string)> Clashes =
    [
        ("number", "guid"), ("number", "instant"), ("number", "date"), ("number", "time"), ("guid", "instant"), ("guid", "date"),
        ("guid", "time"), ("date", "time"), ("binary", "text"), ("binary", "instant"), ("number", "xml"), ("number", "json"), ("guid", "json"),
    ];

    private readonly Dictionary<string, Table> aliases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes in what the script names its tables: the FROM stands behind the columns that use it.</summary>
    public void ReadAliases(TSqlScript script) => script.Accept(new AliasVisitor(tables, aliases));

    public Table? TableOf(TableReference? reference) =>
        reference is NamedTableReference named && aliases.TryGetValue(named.SchemaObject.BaseIdentifier.Value, out var table) ? table : null;

    public string? ClashOf(ScalarExpression one, ScalarExpression other, Table? table) =>
        KindOf(one, table) is { } left && KindOf(other, table) is { } right && (Clashes.Contains((left, right)) || Clashes.Contains((right, left)))
            ? $"type clash {left}/{right}: {TSql.TextOf(one)} and {TSql.TextOf(other)}"
            : null;

    public Column? ColumnOf(ScalarExpression? expression, Table? table)
    {
        if (expression is not ColumnReferenceExpression { MultiPartIdentifier.Identifiers: var names })
        {
            return null;
        }

        var home = names.Count > 1 ? aliases.GetValueOrDefault(names[^2].Value) : table ?? (aliases.Values.Distinct().Count() == 1 ? aliases.Values.First() : null);
        return home?.Columns.GetValueOrDefault(names[^1].Value);
    }

    private string? KindOf(ScalarExpression? expression, Table? table) => expression switch
    {
        ColumnReferenceExpression => ColumnOf(expression, table) is { } column ? Kind(column.Type.ToString()) : null,
        VariableReference variable => parameters.TryGetValue(variable.Name.TrimStart('@'), out var type) ? Kind(type) : null,
        IntegerLiteral or NumericLiteral or MoneyLiteral or RealLiteral => "number",
        BinaryLiteral => "binary",
        CastCall { DataType: SqlDataTypeReference type } => Kind(type.SqlDataTypeOption.ToString()),
        ConvertCall { DataType: SqlDataTypeReference type } => Kind(type.SqlDataTypeOption.ToString()),
        ParenthesisExpression inner => KindOf(inner.Expression, table),
        // A text literal converts to everything, as far as its content does.
        _ => null,
    };

    private static string? Kind(string type) => type.ToUpperInvariant() switch
    {
        "INT" or "BIGINT" or "SMALLINT" or "TINYINT" or "BIT" or "DECIMAL" or "NUMERIC" or "MONEY" or "SMALLMONEY" or "FLOAT" or "REAL" => "number",
        "UNIQUEIDENTIFIER" => "guid",
        "DATE" => "date",
        "TIME" => "time",
        "DATETIME2" or "DATETIMEOFFSET" => "instant",
        "BINARY" or "VARBINARY" or "ROWVERSION" or "TIMESTAMP" => "binary",
        "NVARCHAR" or "VARCHAR" or "NCHAR" or "CHAR" => "text",
        "XML" => "xml",
        "JSON" => "json",
        _ => null,
    };

    private sealed class AliasVisitor(IReadOnlyDictionary<string, Table> tables, Dictionary<string, Table> aliases) : TSqlFragmentVisitor
    {
        public override void Visit(NamedTableReference node)
        {
            if (tables.TryGetValue(node.SchemaObject.BaseIdentifier.Value, out var table))
            {
                aliases[table.Name] = table;
                aliases[node.Alias?.Value ?? table.Name] = table;
            }
        }
    }
}
