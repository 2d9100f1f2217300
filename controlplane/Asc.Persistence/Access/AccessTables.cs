using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Access;

internal sealed class AccessTables : IEntityTypeConfiguration<AdminToken>, IEntityTypeConfiguration<NodeToken>, IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<AdminToken> builder)
    {
        builder.Property(token => token.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(token => token.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(token => token.CreatedBy).HasMaxLength(ColumnLengths.Name);
        builder.Property(token => token.Sha256).HasMaxLength(32);
        builder.Property(token => token.Revision).IsConcurrencyToken();
        builder.HasIndex(token => token.Name);
    }

    public void Configure(EntityTypeBuilder<NodeToken> builder)
    {
        builder.Property(token => token.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(token => token.Pool).HasMaxLength(ColumnLengths.Label);
        builder.Property(token => token.Region).HasMaxLength(ColumnLengths.Label);
        builder.Property(token => token.CreatedBy).HasMaxLength(ColumnLengths.Name);
        builder.Property(token => token.Sha256).HasMaxLength(32);
        builder.Property(token => token.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.HasKey(counter => counter.Name);
        builder.Property(counter => counter.Name).HasMaxLength(ColumnLengths.Kind);
        builder.HasData(
            new Counter { Name = CounterNames.Policy },
            new Counter { Name = CounterNames.Access },
            new Counter { Name = CounterNames.Tokens },
            new Counter { Name = CounterNames.Timeline },
            new Counter { Name = CounterNames.Rates },
            new Counter { Name = CounterNames.Epoch, Value = 1 });
    }
}
