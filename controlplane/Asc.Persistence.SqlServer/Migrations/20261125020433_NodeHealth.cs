using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.SqlServer.Migrations
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
                type: "varbinary(max)",
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
