using System.Data;
using Asc.SqlServer.Tests.Capturing;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Dac.Model;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>Binds commands to a schema, without a server: each becomes a stored procedure of a model that is then validated.</summary>
internal sealed class SchemaCheck : IDisposable
{
    // A server's default: names that differ in case only must be told apart by the schema's own collations.
    private const string Collation = "SQL_Latin1_General_CP1_CI_AS";
    private readonly TSqlModel model = new(SqlServerVersion.Sql160, new TSqlModelOptions { Collation = Collation });
    private readonly Dictionary<string, SentCommand> procedures = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> refused = [];

    /// <param name="script">What makes the schema.</param>
    public SchemaCheck(string script)
    {
        var statements = DeclarativeStatements.Of(script);
        statements.Declared.ForEach(model.AddObjects);
        Others = statements.Others;
    }

    /// <summary>Statements of the script that declare nothing.</summary>
    public IReadOnlyList<string> Others { get; }

    public void Add(SentCommand command)
    {
        try
        {
            // First: what doesn't parse poisons the model.
            TSql.Parse(command.Sql);
            var name = $"command_{procedures.Count:0000}";
            var parameters = string.Join(", ", command.Parameters.Select(parameter => $"@{parameter.ParameterName.TrimStart('@')} {TypeOf(parameter)}"));
            model.AddObjects($"CREATE PROCEDURE [dbo].[{name}] {parameters} AS BEGIN\n{command.Sql}\nEND");
            procedures.Add(name, command);
        }
        catch (Exception exception) when (exception is FormatException or DacModelException)
        {
            refused.Add($"{exception.Message}\n{command.Sql}");
        }
    }

    /// <summary>Everything that is wrong with the schema and the commands; empty: nothing was found.</summary>
    public IReadOnlyList<string> Problems()
    {
        var lint = new Lint(model);
        // A name that isn't there is but a warning within a procedure: each message counts.
        return
        [
            .. refused,
            .. model.Validate().Select(message => $"{message.Message}\n{Culprit(message.Message)}"),
            .. lint.OfSchema(),
            .. procedures.Values.SelectMany(command => lint.Of(command).Select(problem => $"{problem}\n{command.Sql}")),
        ];
    }

    public void Dispose() => model.Dispose();

    private string Culprit(string message) =>
        procedures.Where(procedure => message.Contains(procedure.Key, StringComparison.OrdinalIgnoreCase)).Select(procedure => procedure.Value.Sql).FirstOrDefault("");

    // As SqlClient would declare it.
    private static string TypeOf(SqlParameter parameter) => parameter.SqlDbType switch
    {
        SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary or SqlDbType.NChar or SqlDbType.Char or SqlDbType.Binary =>
            $"{parameter.SqlDbType}({(parameter.Size is > 0 and <= 4000 ? parameter.Size : "max")})",
        SqlDbType.Decimal => $"decimal({(parameter.Precision == 0 ? 29 : parameter.Precision)},{parameter.Scale})",
        SqlDbType.DateTimeOffset or SqlDbType.DateTime2 => $"{parameter.SqlDbType}(7)",
        _ => parameter.SqlDbType.ToString(),
    };
}
