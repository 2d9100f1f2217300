using System.Text;
using Asc.DataPlane.Wire;
using CsCheck;

namespace Asc.DataPlane.Tests.Wire;

public sealed class SseReaderTests
{
    private const string Text = "data: {\"a\":\"é\"}\n\n: ping\n\nevent: x\r\ndata: 1\r\n\r\ndata: a\ndata: b\n\ndata: [DONE]\n\n";
    private static readonly string[] Events = ["data: {\"a\":\"é\"}\n\n", ": ping\n\n", "event: x\r\ndata: 1\r\n\r\n", "data: a\ndata: b\n\n", "data: [DONE]\n\n"];

    [Test]
    public void However_the_bytes_arrive_the_events_are_the_same() =>
        Gen.Int[1, 20].Array[1, 200].Sample(sizes =>
        {
            var events = ReadAll(new PiecewiseStream(Encoding.UTF8.GetBytes(Text), sizes)).GetAwaiter().GetResult();
            return events.SequenceEqual(Events);
        });

    [Test]
    public void A_byte_order_mark_is_no_part_of_the_first_event() =>
        Gen.Int[1, 20].Array[1, 200].Sample(sizes =>
        {
            var events = ReadAll(new PiecewiseStream(Encoding.UTF8.GetBytes("\uFEFF" + Text), sizes)).GetAwaiter().GetResult();
            return events.SequenceEqual(Events);
        });

    [Test]
    public async Task A_byte_order_mark_is_passed_over_by_who_looks_twice()
    {
        using var reader = new SseReader(new PiecewiseStream(Encoding.UTF8.GetBytes("\uFEFFdata: 1\n\n"), [1, 5, 20]), 1 << 20);
        reader.Hold();
        while (reader.NextEvent().IsEmpty && reader.Add(await reader.ReadAsync()))
        {
        }

        reader.Rewind();

        Assert.That(Encoding.UTF8.GetString(reader.NextEvent().Span), Is.EqualTo("data: 1\n\n"));
    }

    [Test]
    public async Task An_event_comes_out_before_the_next_one_is_asked_for()
    {
        using var reader = new SseReader(new PiecewiseStream("data: 1\n\ndata: 2"u8.ToArray(), [9, 7]), 1 << 20);

        Assert.That(reader.Add(await reader.ReadAsync()), Is.True);
        Assert.That(Encoding.UTF8.GetString(reader.NextEvent().Span), Is.EqualTo("data: 1\n\n"));
        Assert.That(reader.NextEvent().IsEmpty, Is.True);
    }

    [Test]
    public async Task Nothing_of_an_answer_is_left_in_the_pool()
    {
        var reader = new SseReader(new PiecewiseStream(Encoding.UTF8.GetBytes($"data: {new string('x', 4000)}\n\ndata: [DONE]\n\n"), [4008, 14]), 1 << 20);
        while (reader.Add(await reader.ReadAsync()))
        {
            while (!reader.NextEvent().IsEmpty)
            {
            }
        }

        reader.Dispose();

        Assert.That(System.Buffers.ArrayPool<byte>.Shared.Rent(8 * 1024).Contains((byte)'x'), Is.False);
    }

    [Test]
    public async Task An_event_of_a_megabyte_passes_and_one_beyond_the_maximum_is_an_error()
    {
        var large = "data: " + new string('x', 1_000_000) + "\n\n";
        var events = await ReadAll(new PiecewiseStream(Encoding.UTF8.GetBytes(large), [4096]));
        Assert.That(events, Is.EqualTo(new[] { large }));

        using var reader = new SseReader(new PiecewiseStream(Encoding.UTF8.GetBytes(large), [4096]), 64 * 1024);
        await Assert.ThatAsync(async () =>
        {
            while (reader.Add(await reader.ReadAsync()) && reader.NextEvent().IsEmpty)
            {
            }
        }, Throws.TypeOf<InvalidDataException>());
    }

    [TestCase("data: {}\n\n", "{}")]
    [TestCase("data:{}\r\n\r\n", "{}")]
    [TestCase("event: e\nid: 1\ndata: {}\n\n", "{}")]
    [TestCase("data: a\ndata: b\n\n", "a\nb")]
    [TestCase(": comment\n\n", "")]
    public void The_data_of_an_event_is_what_the_standard_says(string text, string data) =>
        Assert.That(Encoding.UTF8.GetString(SseEvent.DataOf(Encoding.UTF8.GetBytes(text))), Is.EqualTo(data));

    private static async Task<List<string>> ReadAll(Stream stream)
    {
        using var reader = new SseReader(stream, 8 << 20);
        var events = new List<string>();
        while (reader.Add(await reader.ReadAsync()))
        {
            while (reader.NextEvent() is { IsEmpty: false } next)
            {
                events.Add(Encoding.UTF8.GetString(next.Span));
            }
        }

        Assert.That(reader.Rest.IsEmpty, Is.True);
        return events;
    }
}
