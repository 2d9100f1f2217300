using Asc.SqlServer.Tests.Capturing;
using Microsoft.SqlServer.Dac.Model;
using Index = Microsoft.SqlServer.Dac.Model.Index;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>What the binder leaves out: the shape of an INSERT, mandatory columns, types that clash, unknown functions, index keys that can't be.</summary>
internal sealed class Lint(TSqlModel model)
{
    private const int ClusteredKeyBytes = 900;
    private const int OtherKeyBytes = 1700;

    private readonly Dictionary<string, Table> tables = model.GetObjects(DacQueryScopes.UserDefined, Microsoft.SqlServer.Dac.Model.Table.TypeClass)
        .Select(Table.Read)
        .ToDictionary(table => table.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> OfSchema() =>
        Keys(Index.TypeClass, Index.Columns, OtherKeyBytes)
            .Concat(Keys(PrimaryKeyConstraint.TypeClass, PrimaryKeyConstraint.Columns, ClusteredKeyBytes))
            .Concat(Keys(UniqueConstraint.TypeClass, UniqueConstraint.Columns, OtherKeyBytes))
            // SQL Server 2022 has no such type; the model takes it all the same.
            .Concat(tables.Values.SelectMany(table => table.Columns.Values.Where(column => column.Type == SqlDataType.Json).Select(column => $"{table.Name}.{column.Name} is json")));

    public IReadOnlyList<string> Of(SentCommand command)
    {
        var visitor = new LintVisitor(new TypeReader(
            tables, command.Parameters.ToDictionary(parameter => parameter.ParameterName.TrimStart('@'), parameter => parameter.SqlDbType.ToString(), StringComparer.OrdinalIgnoreCase)));
        TSql.Parse(command.Sql).Accept(visitor);
        return [.. visitor.Found.Distinct()];
    }

    private IEnumerable<string> Keys(ModelTypeClass kind, ModelRelationshipClass columnsOf, int maximum)
    {
        foreach (var key in model.GetObjects(DacQueryScopes.UserDefined, kind))
        {
            Column[] columns = [.. key.GetReferenced(columnsOf).Select(column => tables[column.Name.Parts[^2]].Columns[column.Name.Parts[^1]])];
            foreach (var column in columns.Where(column => column.IsMax || column.Type is SqlDataType.Xml or SqlDataType.Json))
            {
                yield return $"{key.Name}: {column.Name} can't be an index key";
            }

            if (columns.Sum(column => column.KeyBytes) is var bytes && bytes > maximum)
            {
                yield return $"{key.Name}: a key can take {bytes} bytes";
            }
        }
    }
}
