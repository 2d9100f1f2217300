using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Asc.SqlServer.Tests.Checking;

/// <summary>Transact-SQL as SQL Server 2022 parses it.</summary>
internal static class TSql
{
    /// <exception cref="FormatException">It does not parse; the message says where, and why.</exception>
    public static TSqlScript Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0
            ? (TSqlScript)tree
            : throw new FormatException(string.Join("\n", errors.Select(error => $"({error.Line},{error.Column}) {error.Message}")));
    }

    public static string TextOf(TSqlFragment fragment) => string.Concat(
        Enumerable.Range(fragment.FirstTokenIndex, fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(index => fragment.ScriptTokenStream[index].Text));
}
