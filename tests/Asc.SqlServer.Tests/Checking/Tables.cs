using Microsoft.SqlServer.Dac.Model;

namespace Asc.SqlServer.Tests.Checking;

/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Length">In characters or bytes; 0 where that means nothing.</param>
/// <param name="IsMax">(max).</param>
/// <param name="IsNullable">Takes NULL.</param>
/// <param name="HasValue">Gets one where an INSERT gives none.</param>
internal sealed record Column(string Name, SqlDataType Type, int Length, bool IsMax, bool IsNullable, bool HasValue)
{
    /// <summary>What an index key takes for it at most.</summary>
    public int KeyBytes => Type switch
    {
        SqlDataType.NVarChar or SqlDataType.NChar => Length * 2,
        SqlDataType.VarChar or SqlDataType.Char or SqlDataType.VarBinary or SqlDataType.Binary => Length,
        _ => 16,
    };

    public static Column Read(TSqlObject column, IReadOnlySet<string> withDefault)
    {
        var type = column.GetReferenced(Microsoft.SqlServer.Dac.Model.Column.DataType).Select(one => one.GetProperty<SqlDataType>(DataType.SqlDataType)).FirstOrDefault();
        var name = column.Name.Parts[^1];
        return new Column(
            name,
            type,
            column.GetProperty<int>(Microsoft.SqlServer.Dac.Model.Column.Length),
            column.GetProperty<bool>(Microsoft.SqlServer.Dac.Model.Column.IsMax),
            column.GetProperty<bool>(Microsoft.SqlServer.Dac.Model.Column.Nullable),
            withDefault.Contains(name) || type == SqlDataType.Rowversion || column.GetProperty<bool>(Microsoft.SqlServer.Dac.Model.Column.IsIdentity));
    }
}

/// <summary>A table with its columns by name.</summary>
internal sealed record Table(string Name, IReadOnlyDictionary<string, Column> Columns)
{
    public static Table Read(TSqlObject table)
    {
        var withDefault = table.GetReferencing(DefaultConstraint.Host)
            .SelectMany(constraint => constraint.GetReferenced(DefaultConstraint.TargetColumn))
            .Select(column => column.Name.Parts[^1])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var columns = table.GetReferenced(Microsoft.SqlServer.Dac.Model.Table.Columns).Select(column => Column.Read(column, withDefault));
        return new Table(table.Name.Parts[^1], columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase));
    }
}
