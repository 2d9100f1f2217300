using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Asc.Persistence.Policies;

internal sealed class PolicyTables :
    IEntityTypeConfiguration<Draft>, IEntityTypeConfiguration<DraftResource>, IEntityTypeConfiguration<TenantIdentity>,
    IEntityTypeConfiguration<PolicyVersion>, IEntityTypeConfiguration<RegionManifest>, IEntityTypeConfiguration<StoredContent>
{
    private const int DigestLength = 32;

    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.Revision).IsConcurrencyToken();
        builder.HasData(new Draft { Id = Draft.OnlyId });
    }

    public void Configure(EntityTypeBuilder<DraftResource> builder)
    {
        builder.HasKey(resource => new { resource.Kind, resource.Name });
        builder.Property(resource => resource.Kind).HasMaxLength(ColumnLengths.Kind);
        builder.Property(resource => resource.Name).HasMaxLength(ColumnLengths.Name);
        builder.Property(resource => resource.Sha256).HasMaxLength(DigestLength);
    }

    public void Configure(EntityTypeBuilder<TenantIdentity> builder)
    {
        builder.HasKey(tenant => tenant.Path);
        builder.Property(tenant => tenant.Path).HasMaxLength(ColumnLengths.Name);
        builder.Property(tenant => tenant.Id).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(tenant => tenant.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.HasKey(version => version.Version);
        builder.Property(version => version.Version).ValueGeneratedNever();
        builder.Property(version => version.Author).HasMaxLength(ColumnLengths.Name);
        builder.Property(version => version.Message).HasMaxLength(ColumnLengths.Message);
        builder.Property(version => version.Digest).HasMaxLength(DigestLength);
    }

    public void Configure(EntityTypeBuilder<RegionManifest> builder)
    {
        builder.HasKey(manifest => new { manifest.Version, manifest.Region });
        builder.Property(manifest => manifest.Region).HasMaxLength(ColumnLengths.Label);
        builder.Property(manifest => manifest.KeyId).HasMaxLength(ColumnLengths.Name);
        builder.Property(manifest => manifest.Signature).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<StoredContent> builder)
    {
        builder.HasKey(content => content.Sha256);
        builder.Property(content => content.Sha256).HasMaxLength(DigestLength);
    }
}
