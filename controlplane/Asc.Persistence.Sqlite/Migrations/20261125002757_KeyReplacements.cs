using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class KeyReplacements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReplacedBy",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ReplacedBy",
                table: "ApiKeys");
        }
    }
}
