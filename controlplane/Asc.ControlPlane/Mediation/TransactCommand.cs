using Asc.ControlPlane.Distribution;
using Asc.Persistence;
using Asc.Persistence.Events;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Mediation;

/// <summary>One command, one transaction, one admin record; then those who wait for changes are woken.</summary>
internal sealed class TransactCommand<TCommand, TResponse>(
    ControlPlaneStore store, CommandContext context, CommitWatch commits, TimeProvider time, ILogger<CommandContext> logger)
    : IPipelineBehavior<TCommand, TResponse>
    where TCommand : ICommand<TResponse>
{
    public async Task<TResponse> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var recordId = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        (TResponse Response, bool Exists) attempted = (default!, false);
        TResponse response;
        try
        {
            response = await store.WriteAsync(async database =>
            {
                // The answer to an earlier attempt's commit may have been lost: what it did must not be done twice.
                if (attempted.Exists && await database.AdminRecords.AnyAsync(record => record.Id == recordId, cancellationToken))
                {
                    return attempted.Response;
                }

                context.Begin(database);
                attempted = (await next(), true);
                if (context.IsRehearsal)
                {
                    throw new RehearsalEnd();
                }

                await RecordAsync(database, request, recordId, cancellationToken);
                return attempted.Response;
            }, cancellationToken);
        }
        catch (RehearsalEnd)
        {
            return attempted.Response;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw AdminException.Conflict("Someone else changed the same thing at the same time.", "Look again, then repeat the command.");
        }

        commits.Wake();
        logger.CommandDone(request.Action, context.Record.Subject, context.Caller!.Name);
        return response;
    }

    private async Task RecordAsync(ControlPlaneContext database, TCommand request, string recordId, CancellationToken cancellation)
    {
        var draft = context.Record;
        if (draft.Subject.Length == 0)
        {
            throw new InvalidOperationException($"{request.Action} left no admin record");
        }

        // What the command itself changed goes first, so that the timeline's row is locked as briefly as can be.
        await database.SaveChangesAsync(cancellation);
        database.AdminRecords.Add(new AdminRecord
        {
            Position = await database.RaiseAsync(CounterNames.Timeline, 1, cancellation),
            Id = recordId,
            At = time.GetUtcNow(),
            Type = request.EventType,
            Actor = context.Caller!.Name,
            ActorId = context.Caller.Id,
            Action = request.Action,
            Subject = draft.Subject,
            Tenant = draft.Tenant,
            KeyId = draft.KeyId,
            Provider = draft.Provider,
            Reason = draft.Reason,
            Before = draft.Before,
            After = draft.After,
            PolicyVersion = (long)draft.PolicyVersion,
        });
    }

    // Rolls the transaction back.
    private sealed class RehearsalEnd : Exception;
}
