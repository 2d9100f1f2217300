using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Rates;

internal sealed class RateTables : IEntityTypeConfiguration<RateMember>, IEntityTypeConfiguration<RateHolding>
{
    public void Configure(EntityTypeBuilder<RateMember> builder)
    {
        builder.HasKey(member => member.Node);
        builder.Property(member => member.Node).HasMaxLength(ColumnLengths.Name);
    }

    public void Configure(EntityTypeBuilder<RateHolding> builder)
    {
        builder.HasKey(holding => new { holding.Limit, holding.Node });
        builder.Property(holding => holding.Limit).HasMaxLength(ColumnLengths.Limit);
        builder.Property(holding => holding.Node).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(holding => holding.Node);
    }
}
