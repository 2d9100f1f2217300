using Asc.ControlPlane.Tests.Testing;
using Asc.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Hosting;

internal sealed class FailureTests
{
    [Test]
    public async Task What_nobody_expected_is_told_by_a_correlation_id_and_logged_once()
    {
        await using var plane = await TestPlane.StartAsync();
        await plane.Services.GetRequiredService<ControlPlaneStore>().WriteAsync(
            database => database.Database.ExecuteSqlRawAsync("DROP TABLE ApiKeys"), CancellationToken.None);
        var (status, error) = await Refusal.OfAsync(plane.Admin.ListKeysAsync(new()));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Internal, "internal_error")));
        Assert.That(error.Message, Does.Contain(error.CorrelationId).And.Not.Contain("ApiKeys"));
        var logged = plane.Logs.Lines.Where(line => line.Level == LogLevel.Error).ToArray();
        Assert.That(logged, Has.Length.EqualTo(1));
        Assert.That(logged[0].Line, Does.Contain(error.CorrelationId).And.Contain("ApiKeys"));
        plane.ExpectedErrors = 1;
    }
}
