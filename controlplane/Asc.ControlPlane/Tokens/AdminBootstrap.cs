using System.Text.Json;
using Asc.Contracts.Credentials;
using Asc.Persistence;
using Asc.Persistence.Events;
using Microsoft.EntityFrameworkCore;

namespace Asc.ControlPlane.Tokens;

/// <summary>Admin tokens for whoever holds the database: the first one, and those of <c>asc dev</c>.</summary>
internal static class AdminBootstrap
{
    private const string Actor = "bootstrap";

    public static Task<string> IssueAsync(ControlPlaneStore store, TimeProvider time, string name, bool replace, CancellationToken cancellation)
    {
        if (name.Length is 0 or > ColumnLengths.Name)
        {
            throw new ControlPlaneConfigurationException($"an admin token has a name of at most {ColumnLengths.Name} characters");
        }

        // Made once: where the answer to a commit is lost, the repetition finds it.
        var secret = BearerSecret.Issue(SecretKind.AdminToken);
        return store.WriteAsync(
            async database =>
            {
                await database.RaiseAsync(CounterNames.Tokens, 1, cancellation);
                var active = await database.AdminTokens.Where(token => token.RevokedAt == null).ToListAsync(cancellation);
                if (active.Any(token => token.Id == secret.Id))
                {
                    return secret.Reveal();
                }

                if (active.Count > 0 && !replace)
                {
                    throw new ControlPlaneConfigurationException("there is an admin token already: make others with \"asc token create\"");
                }

                var now = time.GetUtcNow();
                var replaced = active.Where(token => token.Name == name).ToArray();
                Array.ForEach(replaced, token => token.RevokedAt = now);
                database.AdminTokens.Add(new() { Id = secret.Id, Name = name, Sha256 = secret.Sha256(), CreatedAt = now, CreatedBy = Actor });
                database.AdminRecords.Add(new AdminRecord
                {
                    Position = await database.RaiseAsync(CounterNames.Timeline, 1, cancellation),
                    Id = Guid.CreateVersion7(now).ToString(),
                    At = now,
                    Type = "admin",
                    Actor = Actor,
                    Action = "token.bootstrap",
                    Subject = secret.Id,
                    Before = replaced.Length == 0 ? "" : JsonSerializer.Serialize(replaced.Select(token => new { id = token.Id, name = token.Name })),
                    After = JsonSerializer.Serialize(new { id = secret.Id, name }),
                    PolicyVersion = 0,
                });
                return secret.Reveal();
            },
            cancellation);
    }
}
