namespace Asc.Persistence;

/// <summary>The paths below a tenant as a range, which an index serves and both databases compare ordinally: a LIKE of SQLite's ignores case.</summary>
public static class TenantRange
{
    /// <summary>All paths p below <paramref name="path"/> have From &lt;= p and p &lt; End.</summary>
    public static (string From, string End) Below(string path) => (path + "/", path + (char)('/' + 1));
}
