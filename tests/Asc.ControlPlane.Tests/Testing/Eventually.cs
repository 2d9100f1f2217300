using System.Runtime.CompilerServices;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>Polls with a deadline.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            Assert.That(deadline.IsCancellationRequested, Is.False, $"in time: {what}; last seen {value}");
            await Task.Delay(20);
        }
    }
}
