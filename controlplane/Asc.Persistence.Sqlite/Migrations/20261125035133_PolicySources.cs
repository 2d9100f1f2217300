using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PolicySources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Sources",
                table: "PolicyVersions",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Source",
                table: "DraftResources",
                type: "BLOB",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Sources",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "DraftResources");
        }
    }
}
