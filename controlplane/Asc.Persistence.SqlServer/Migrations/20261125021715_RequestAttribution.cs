using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RequestAttribution : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DataClasses",
                table: "ApiKeys",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Tags",
                table: "ApiKeys",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Workloads",
                table: "ApiKeys",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DataClasses",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Tags",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Workloads",
                table: "ApiKeys");
        }
    }
}
