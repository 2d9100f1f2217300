using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ObservedRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ObservedRule",
                table: "RequestRecords",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ObservedRule",
                table: "RequestRecords");
        }
    }
}
