using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Asc.SqlServer.Tests.Mirroring;

/// <summary>Loses the answer to a commit where asked to, as a server's connection may; the strategy then tries again, as SQL Server's does.</summary>
internal sealed class LostAnswers : DbTransactionInterceptor
{
    private int toLose;

    public bool IsPending => Volatile.Read(ref toLose) > 0;

    public void LoseNext() => Interlocked.Exchange(ref toLose, 1);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref toLose, 0) > 0 ? throw new LostAnswerException() : Task.CompletedTask;

    internal sealed class Strategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 2, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is LostAnswerException;
    }

    private sealed class LostAnswerException : Exception;
}
