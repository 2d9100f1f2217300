using System.Text;
using Asc.DataPlane.Providers;
using CsCheck;

namespace Asc.DataPlane.Tests.Providers;

public sealed class BodyFramingTests
{
    [Test]
    public void However_it_is_chunked_and_however_it_arrives_the_body_is_the_same()
    {
        var chunk = Gen.Byte.Array[1, 300];
        Gen.Select(chunk.Array[0, 6], Gen.Bool, Gen.Int[1, 40].Array[1, 5], Gen.Int[1, 200]).Sample((chunks, decorated, arrivals, room) =>
        {
            var wire = new List<byte>();
            foreach (var content in chunks)
            {
                wire.AddRange(Encoding.ASCII.GetBytes(decorated ? $"{content.Length:X4} ;a=b\r\n" : $"{content.Length:x}\r\n"));
                wire.AddRange(content);
                wire.AddRange("\r\n"u8);
            }

            wire.AddRange(decorated ? "000\r\nTrailer: x\r\n\r\n"u8 : "0\r\n\r\n"u8);
            var (body, left, isDone) = Decode("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", [.. wire, .. "next"u8], arrivals, room);
            return isDone && left == 4 && body.SequenceEqual(chunks.SelectMany(content => content));
        });
    }

    [Test]
    public void A_length_is_exact()
    {
        var (body, left, isDone) = Decode("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", [.. "hello, world"u8], [3], 2);

        Assert.That((Encoding.ASCII.GetString([.. body]), left, isDone), Is.EqualTo(("hello", 7, true)));
    }

    [TestCase("HTTP/1.1 204 No Content\r\n\r\n")]
    [TestCase("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    public void Some_answers_have_no_body(string head) => Assert.That(Decode(head, [], [1], 1).IsDone, Is.True);

    [Test]
    public void Without_a_length_the_end_of_the_connection_is_the_end()
    {
        var (body, left, isDone) = Decode("HTTP/1.1 200 OK\r\n\r\n", [.. "hello"u8], [2], 10);

        Assert.That((body.Count, left, isDone), Is.EqualTo((5, 0, false)));
    }

    [TestCase("x\r\n")]
    [TestCase("-1\r\n")]
    [TestCase("\r\n")]
    [TestCase("5\nhello\r\n")]
    [TestCase("5\r\nhello0\r\n\r\n")]
    [TestCase("0x5\r\nhello\r\n")]
    [TestCase("ffffffffffffffff\r\n")]
    public void Chunks_that_are_not_well_formed_are_refused(string wire) =>
        Assert.That(
            () => Decode("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Encoding.ASCII.GetBytes(wire), [100], 100),
            Throws.TypeOf<UpstreamException>().With.Property("Failure").EqualTo(UpstreamFailure.Malformed));

    [Test]
    public void Lines_and_trailers_have_a_limit()
    {
        const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        Assert.That(() => Decode(Chunked, Encoding.ASCII.GetBytes(new string('0', 5000)), [5000], 10), Throws.TypeOf<UpstreamException>());
        Assert.That(() => Decode(Chunked, Encoding.ASCII.GetBytes("0\r\n" + string.Concat(Enumerable.Repeat("a: 0123456789\r\n", 5000))), [900], 10), Throws.TypeOf<UpstreamException>());
    }

    private static (List<byte> Body, int Left, bool IsDone) Decode(string head, byte[] wire, int[] arrivals, int room)
    {
        var parsed = new UpstreamHead();
        parsed.Read(Encoding.ASCII.GetBytes(head), 0, head.Length);
        var framing = BodyFraming.Of(parsed);
        var body = new List<byte>();
        var destination = new byte[room];
        var (start, end, arrival) = (0, 0, 0);
        while (!framing.IsDone)
        {
            ReadOnlySpan<byte> input = wire.AsSpan(start, end - start);
            var taken = framing.Take(ref input, destination);
            start = end - input.Length;
            body.AddRange(destination.AsSpan(0, taken));
            if (taken == 0 && !framing.IsDone)
            {
                if (end == wire.Length)
                {
                    break;
                }

                end = Math.Min(wire.Length, end + arrivals[arrival++ % arrivals.Length]);
            }
        }

        return (body, wire.Length - start, framing.IsDone);
    }
}
