using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Asc.Persistence.SqlServer.Migrations
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
                    Limit = table.Column<string>(type: "nvarchar(192)", maxLength: 192, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Node = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Units = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Wanted = table.Column<long>(type: "bigint", nullable: false),
                    Value = table.Column<long>(type: "bigint", nullable: false),
                    Smallest = table.Column<long>(type: "bigint", nullable: false),
                    LoweredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Called = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateHoldings", x => new { x.Limit, x.Node });
                });

            migrationBuilder.CreateTable(
                name: "RateMembers",
                columns: table => new
                {
                    Node = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Boot = table.Column<long>(type: "bigint", nullable: false),
                    Operation = table.Column<long>(type: "bigint", nullable: false),
                    Part = table.Column<long>(type: "bigint", nullable: false),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    HeardAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
