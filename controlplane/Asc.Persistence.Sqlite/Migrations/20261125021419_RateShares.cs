using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RateShares : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RateHoldings",
                columns: table => new
                {
                    Limit = table.Column<string>(type: "TEXT", maxLength: 192, nullable: false),
                    Node = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Units = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Wanted = table.Column<long>(type: "INTEGER", nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false),
                    Smallest = table.Column<long>(type: "INTEGER", nullable: false),
                    LoweredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Called = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateHoldings", x => new { x.Limit, x.Node });
                });

            migrationBuilder.CreateTable(
                name: "RateMembers",
                columns: table => new
                {
                    Node = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Boot = table.Column<long>(type: "INTEGER", nullable: false),
                    Operation = table.Column<long>(type: "INTEGER", nullable: false),
                    Part = table.Column<long>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateMembers", x => x.Node);
                });

            migrationBuilder.InsertData(
                table: "Counters",
                columns: new[] { "Name", "Value" },
                values: new object[] { "rates", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_RateHoldings_Node",
                table: "RateHoldings",
                column: "Node");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RateHoldings");

            migrationBuilder.DropTable(
                name: "RateMembers");

            migrationBuilder.DeleteData(
                table: "Counters",
                keyColumn: "Name",
                keyValue: "rates");
        }
    }
}
