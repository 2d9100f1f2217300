using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.SqlServer.Migrations
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
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");
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
