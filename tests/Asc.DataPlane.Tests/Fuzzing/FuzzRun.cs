using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>
/// Gives a target inputs, each of which is made of the run's seed and its own number: one that fails is made again with <c>ASC_FUZZ_SEED</c> and <c>ASC_FUZZ_INPUT</c>.
/// </summary>
internal static class FuzzRun
{
    private const int ShownMaximum = 4000;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);
    private static readonly int Seed = Variable("ASC_FUZZ_SEED") ?? Random.Shared.Next();

    /// <summary>The one input that is of interest; null: all.</summary>
    public static int? Only { get; } = Variable("ASC_FUZZ_INPUT");

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("ASC_TEST_LONG") == "1";

    /// <param name="inputs">How many: twenty times as many in a long run.</param>
    /// <param name="make">Makes an input, of nothing but what it is given.</param>
    /// <param name="target">Fails by an exception.</param>
    public static async Task OfAsync(int inputs, Func<Random, byte[]> make, Action<byte[], Random> target)
    {
        var (current, began, slowest) = (Array.Empty<byte>(), Stopwatch.GetTimestamp(), TimeSpan.Zero);
        var (number, first, end) = (0, Only ?? 0, Only + 1 ?? (IsLong ? 20 * inputs : inputs));
        var start = Stopwatch.GetTimestamp();
        var loop = Task.Run(() =>
        {
            for (number = first; number < end; number++)
            {
                var random = new Random(HashOf(Seed, number));
                Volatile.Write(ref began, Stopwatch.GetTimestamp());
                current = make(random);
                Volatile.Write(ref began, Stopwatch.GetTimestamp());
                target(current, random);
                var took = Stopwatch.GetElapsedTime(began);
                slowest = took > slowest ? took : slowest;
            }
        });
        while (!loop.IsCompleted)
        {
            try
            {
                await loop.WaitAsync(TimeSpan.FromSeconds(1));
            }
            catch (TimeoutException)
            {
                Assert.That(Stopwatch.GetElapsedTime(Volatile.Read(ref began)), Is.LessThan(Hang), () => $"hangs: {Told(number, current)}");
            }
            catch (Exception exception)
            {
                Assert.Fail($"{Told(number, current)}\n{exception}");
            }
        }

        await TestContext.Out.WriteLineAsync($"{end - first} inputs of seed {Seed} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, the slowest {slowest.TotalMilliseconds:0.0} ms");
    }

    /// <summary>Not <see cref="HashCode"/>, which differs from process to process.</summary>
    public static int HashOf(int seed, int number) => unchecked((int)((((uint)seed * 0x9E3779B1) ^ (uint)number) * 0x85EBCA77));

    public static string Told(int number, byte[] input)
    {
        var text = Utf8.IsValid(input) ? Encoding.UTF8.GetString(input) : Convert.ToBase64String(input);
        return $"ASC_FUZZ_SEED={Seed} ASC_FUZZ_INPUT={number}: {(text.Length <= ShownMaximum ? text : text[..ShownMaximum] + "…")}";
    }

    /// <summary>The generator of an input that is not one of a loop.</summary>
    public static Random RandomOf(int number) => new(HashOf(Seed, number));

    private static int? Variable(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
