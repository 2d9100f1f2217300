using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Nodes;

internal sealed class NodeTables : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.HasKey(node => node.Name);
        builder.Property(node => node.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(node => node.Region).HasMaxLength(ColumnLengths.Label);
        builder.Property(node => node.Pool).HasMaxLength(ColumnLengths.Label);
        builder.Property(node => node.Build).HasMaxLength(ColumnLengths.Name);
        builder.Property(node => node.EnforcedDigest).HasMaxLength(32);
        builder.Property(node => node.EnforcedManifest).HasMaxLength(32);
        builder.Property(node => node.NackReason).HasMaxLength(ColumnLengths.Message);
    }
}
