using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Asc.SqlServer.Tests.Capturing;

/// <summary>A command as SQL Server would get it.</summary>
internal sealed record SentCommand(string Sql, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>Equal for what is checked alike.</summary>
    public string Key => Sql + "\n" + string.Join(", ", Parameters.Select(parameter => $"{parameter.ParameterName} {parameter.SqlDbType}"));

    public static SentCommand Of(DbCommand command) => new(command.CommandText, [.. command.Parameters.Cast<SqlParameter>().Select(parameter => (SqlParameter)((ICloneable)parameter).Clone())]);
}
