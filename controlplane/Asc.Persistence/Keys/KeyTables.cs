using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Keys;

internal sealed class KeyTables : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<AccessSubject>
{
    private const int DigestLength = 32;

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(key => key.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(key => key.TenantPath).HasMaxLength(ColumnLengths.Name);
        builder.Property(key => key.TenantId).HasMaxLength(ColumnLengths.Id);
        builder.Property(key => key.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(key => key.Owner).HasMaxLength(ColumnLengths.Name);
        builder.Property(key => key.CreatedBy).HasMaxLength(ColumnLengths.Name);
        builder.Property(key => key.ReplacedBy).HasMaxLength(ColumnLengths.Id);
        builder.Property(key => key.SecretSha256).HasMaxLength(DigestLength);
        builder.Property(key => key.GrantSha256).HasMaxLength(DigestLength);
        builder.Property(key => key.Revision).IsConcurrencyToken();
        builder.PrimitiveCollection(key => key.Models);
        builder.PrimitiveCollection(key => key.Tags);
        builder.PrimitiveCollection(key => key.Workloads);
        builder.PrimitiveCollection(key => key.DataClasses);
        builder.HasIndex(key => key.TenantPath);
        builder.HasIndex(key => key.GrantSha256);
    }

    public void Configure(EntityTypeBuilder<AccessSubject> builder)
    {
        builder.HasKey(subject => new { subject.Kind, subject.SubjectId });
        builder.Property(subject => subject.Kind).HasMaxLength(ColumnLengths.Kind);
        builder.Property(subject => subject.SubjectId).HasMaxLength(ColumnLengths.Name);
        builder.HasIndex(subject => subject.Sequence).IsUnique();
    }
}
