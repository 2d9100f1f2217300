using Asc.Simulator.Dialects;
using Asc.Simulator.Journal;
using Asc.Simulator.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace Asc.Simulator;

/// <summary>One request and how its answer went; travels with the HTTP context.</summary>
internal sealed class Exchange(HttpContext context, ProviderPath path, IDialect dialect, ReadOnlyMemory<byte> body, long startedAt)
{
    public HttpContext Context => context;

    public string Region => path.Region;

    public string Protocol => path.Protocol;

    /// <summary>The protocol's ways; of an unknown protocol, some dialect to refuse it in.</summary>
    public IDialect Dialect => dialect;

    /// <summary>The id that the answer's headers give it.</summary>
    public string RequestId { get; } = WireId.New("req_", 24);

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>A <see cref="TimeProvider.GetTimestamp"/> value.</summary>
    public long StartedAt => startedAt;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>What the provider bills, including for answers that were not delivered in full.</summary>
    public BilledUsage? Usage { get; set; }

    public bool CutByFault { get; private set; }

    /// <summary>Puts it in the journal, once.</summary>
    public required Action EnterJournal { get; init; }

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();

    /// <summary>Drops the TCP connection.</summary>
    public void Cut()
    {
        CutByFault = true;
        context.Abort();
    }
}
