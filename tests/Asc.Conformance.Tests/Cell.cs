using Asc.Conformance.Tests.Clients;
using Asc.Contracts.Telemetry.V1;

namespace Asc.Conformance.Tests;

/// <summary>One conversation of the matrix: who asks whom for what.</summary>
internal sealed record Cell(SdkClient Client, ProviderDialect Provider, Scenario Scenario, bool Stream)
{
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. from column in Column.All
           from scenario in Scenarios.All
           from stream in new[] { false, true }
           where Exists(column.Client, scenario, stream)
           select new Cell(column.Client, column.Provider, scenario, stream),
    ];

    /// <summary>Whether there is such a thing.</summary>
    public static bool Exists(SdkClient client, Scenario scenario, bool stream) => (stream ? scenario.Ask.Embeds is null : scenario.StreamOnly is null) && client.Protocol.Has(scenario);

    public Column Column => new(Client, Provider);

    public string Mode => Stream ? "stream" : "JSON";

    /// <summary>The code with which the node is to refuse it; null: it is to work.</summary>
    public string? Refused => Provider.Refused.GetValueOrDefault(Scenario.Name);

    /// <summary>What is wrong with what the SDK gave and with what the node recorded of it.</summary>
    public IEnumerable<string> Problems(Heard heard, IReadOnlyList<ExecutionRecord> records)
    {
        var expected = Refused is null ? Scenario.Requests : 1;
        if (records.Count != expected)
        {
            return [$"{records.Count} requests instead of {expected}: {string.Join("; ", records.Select(record => $"{record.Status} {record.Code}"))}; {heard.Error}"];
        }

        var problems = Refused is { } refused ? Failed(heard, records[^1], 400, refused)
            : Scenario.Failure is { } failure ? Failed(heard, records[^1], failure.Status, failure.Code)
            : Scenario.Ask.Leaves ? Left(heard, records[^1])
            : Answered(heard, records);
        return problems.OfType<string>();
    }

    private IEnumerable<string?> Answered(Heard heard, IReadOnlyList<ExecutionRecord> records)
    {
        if (heard.Error is { } error)
        {
            return [$"an error: {error}"];
        }

        var last = records[^1];
        return
        [
            Client.Protocol.Misends(Scenario.Ending, heard, Provider),
            heard.Text.Length == 0 && Scenario.Ending is not (Ending.ToolCalls or Ending.Refusal or Ending.Embedded) ? "it said nothing" : null,
            Stream && heard.Refusal is null && string.Concat(heard.Pieces) != heard.Text ? $"the pieces are not the text: {string.Join('|', heard.Pieces)}" : null,
            Stream && heard.Text.Length > 20 && heard.Pieces.Count < 3 && Scenario.Ending != Ending.Refusal ? "the text came at once" : null,
            Scenario.Check(heard),
            .. records.Select(record => record.Outcome == Outcome.Ok ? null : $"recorded as {record.Outcome} {record.Code}"),
            .. records.Select(record => record.Stream == Stream ? null : "recorded in the other mode"),
            heard.RequestId is { } id && id != last.Id ? $"the request's id is {id}, the record's {last.Id}" : null,
            last.Usage.Estimated ? "usage is estimated" : null,
            heard.Usage == Recorded(last.Usage) ? null : $"the client heard of {heard.Usage}, the record says {last.Usage}",
        ];
    }

    private IEnumerable<string?> Failed(Heard heard, ExecutionRecord record, int? status, string code)
    {
        if (heard.Error is not { } error)
        {
            return ["no error"];
        }

        var isCut = Scenario.Fault?.Kind == Asc.Simulator.Faults.FaultKind.Cut;
        return
        [
            error.Class == Client.Errors.Of(status, isCut) ? null : $"{error.Class} instead of {Client.Errors.Of(status, isCut)}: {error.Message}",
            error.Status == status ? null : $"status {error.Status} instead of {status}",
            // What begins with 200 has its code in the event; the SDKs give of it what they give.
            error.Code == code || (status is null && (error.Code is null)) ? null : $"code {error.Code} instead of {code}",
            error.RequestId is null || error.RequestId == record.Id ? null : $"the request's id is {error.RequestId}, the record's {record.Id}",
            status is not null && error.RequestId is null ? "the error has no request id" : null,
            status is null && heard.Pieces.Count == 0 ? "nothing was heard before it failed" : null,
            record.Code == code ? null : $"recorded as {record.Outcome} {record.Code}",
        ];
    }

    private IEnumerable<string?> Left(Heard heard, ExecutionRecord record) =>
    [
        heard.Error?.Class == Client.Errors.LeftOf(Stream) ? null : $"{heard.Error} instead of {Client.Errors.LeftOf(Stream)}",
        record.Outcome == Outcome.Aborted ? null : $"recorded as {record.Outcome} {record.Code}",
        record.Usage is { Input: > 0 } ? null : "recorded without the input's tokens",
        Stream && record.Usage is not { Output: > 0 } ? "recorded without the output's tokens" : null,
    ];

    private HeardUsage Recorded(Usage usage) =>
        new((long)(usage.Input + (Client.Protocol.CachedIsInput ? usage.CachedRead + usage.CacheWrite : 0)), (long)usage.CachedRead, (long)usage.Output)
        {
            Written = Client.Protocol.CachedIsInput ? 0 : (long)usage.CacheWrite,
        };

    public override string ToString() => $"{Client} → {Provider}: {Scenario}, {Mode}";
}
