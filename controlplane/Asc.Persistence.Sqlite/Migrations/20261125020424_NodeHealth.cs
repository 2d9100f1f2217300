using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NodeHealth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "DeploymentHealth",
                table: "Nodes",
                type: "BLOB",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DeploymentHealth",
                table: "Nodes");
        }
    }
}
