using System.Globalization;
using Asc.Cli.Output;
using Asc.Cli.Shapes;

namespace Asc.Cli.Commands;

/// <summary>A key as people read it, a line for each thing that is to say of it.</summary>
internal static class KeyText
{
    public static void Print(Printer printer, KeyShape key)
    {
        printer.Line($"{key.Id}, \"{key.Name}\" of {key.Tenant}, {key.State}");
        printer.Line("");
        printer.Table(
            ["what", "value"],
            new (string What, string? Value)[]
            {
                ("created", $"{key.CreatedAt}{(key.CreatedBy is null ? "" : $" by {key.CreatedBy}")}"), ("expires", key.ExpiresAt), ("revoked", key.RevokedAt), ("last used", key.LastUsedAt), ("owner", key.Owner),
                ("models", key.Models.Count == 0 ? "all that its tenant may use" : string.Join(", ", key.Models)),
                ("tags", string.Join(", ", key.Tags.Select(tag => $"{tag.Key}={tag.Value}"))),
                ("workloads", key.Workloads.Count == 0 ? "all that its tenant takes" : string.Join(", ", key.Workloads)),
                ("data classes", string.Join(", ", key.DataClasses)),
                ("requestsPerMinute", Number(key.Limits?.RequestsPerMinute)), ("tokensPerMinute", Number(key.Limits?.TokensPerMinute)), ("concurrentRequests", Number(key.Limits?.ConcurrentRequests)),
            }.Where(line => line.Value is { Length: > 0 }).Select(line => new[] { line.What, line.Value }));
    }

    private static string? Number(ulong? limit) => limit?.ToString(CultureInfo.InvariantCulture);
}
