using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Events;

internal sealed class EventTables :
    IEntityTypeConfiguration<RequestRecord>, IEntityTypeConfiguration<NodeCursor>, IEntityTypeConfiguration<AdminRecord>
{
    public void Configure(EntityTypeBuilder<RequestRecord> builder)
    {
        builder.HasKey(record => record.Position);
        builder.Property(record => record.Position).ValueGeneratedNever();
        builder.Property(record => record.Node).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.RecordId).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.Tenant).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.KeyId).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.RequestedModel).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.ServedModel).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.Provider).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.Outcome).HasMaxLength(ColumnLengths.Kind);
        builder.Property(record => record.Code).HasMaxLength(ColumnLengths.Label);
        builder.Property(record => record.Rule).HasMaxLength(ColumnLengths.Label);
        builder.Property(record => record.ObservedRule).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(record => new { record.Node, record.Epoch, record.Sequence }).IsUnique();
        // Not unique: one node's mistake must not stop the ingestion of everything behind it.
        builder.HasIndex(record => record.RecordId);
        builder.HasIndex(record => record.At);
    }

    public void Configure(EntityTypeBuilder<NodeCursor> builder)
    {
        builder.HasKey(cursor => new { cursor.Node, cursor.Epoch });
        builder.Property(cursor => cursor.Node).HasMaxLength(ColumnLengths.Name);
    }

    public void Configure(EntityTypeBuilder<AdminRecord> builder)
    {
        builder.HasKey(record => record.Position);
        builder.Property(record => record.Position).ValueGeneratedNever();
        builder.Property(record => record.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.Type).HasMaxLength(ColumnLengths.Kind);
        builder.Property(record => record.Actor).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.ActorId).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.Action).HasMaxLength(ColumnLengths.Label);
        builder.Property(record => record.Subject).HasMaxLength(ColumnLengths.Name * 2);
        builder.Property(record => record.Tenant).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.KeyId).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.Node).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.Provider).HasMaxLength(ColumnLengths.Name);
        builder.Property(record => record.RequestId).HasMaxLength(ColumnLengths.Id);
        builder.Property(record => record.Reason).HasMaxLength(ColumnLengths.Message);
        builder.HasIndex(record => record.Id).IsUnique();
        builder.HasIndex(record => record.At);
    }
}
