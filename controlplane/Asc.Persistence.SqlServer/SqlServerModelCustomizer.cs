using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Asc.Persistence.SqlServer;

/// <summary>What only SQL Server needs.</summary>
internal sealed class SqlServerModelCustomizer(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        var properties = modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties());
        foreach (var property in properties.Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null))
        {
            // Names, paths and ids are compared as SQLite compares them: ordinally, case and all.
            property.SetCollation("Latin1_General_100_BIN2");
        }
    }
}
