using System.Text;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>Makes inputs: mostly JSON that is odd, sometimes bytes that are no JSON any more.</summary>
internal static class FuzzInputs
{
    // What is longer tells no more, and takes its time.
    private const int Longest = 1024 * 1024;

    public static byte[] Json(JsonTree[] seeds, Random random)
    {
        var seed = seeds[random.Next(seeds.Length)];
        var json = random.Next(4) switch
        {
            0 => ByteMutation.Of(seed.ToBytes(), random, Corpus.AnyValue(random).ToBytes()),
            1 => ByteMutation.Of(JsonMutation.Of(seed, random).ToBytes(), random, Corpus.AnyValue(random).ToBytes()),
            _ => JsonMutation.Of(seed, random).ToBytes(),
        };
        return json.Length > Longest ? json[..Longest] : json;
    }

    /// <summary>Events as <c>event:</c> and <c>data:</c> lines: some changed, some twice, some lost, some of another dialect.</summary>
    public static byte[] Stream(JsonTree[][] seeds, JsonTree[][] others, bool isNamed, Random random)
    {
        var events = seeds[random.Next(seeds.Length)].ToList();
        for (var times = random.Next(5); times > 0; times--)
        {
            Change(events, random.Next(6) == 0 ? others : seeds, random);
        }

        var stream = new MemoryStream();
        foreach (var data in events)
        {
            if (isNamed)
            {
                stream.Write(Encoding.UTF8.GetBytes($"event: {(random.Next(20) == 0 ? "odd" : "message")}\n"));
            }

            var bytes = data.ToBytes();
            stream.Write("data: "u8);
            stream.Write(random.Next(40) == 0 ? ByteMutation.Of(bytes, random, bytes) : bytes);
            stream.Write(random.Next(30) == 0 ? "\r\n\r\n"u8 : "\n\n"u8);
            if (random.Next(30) == 0)
            {
                stream.Write(": a comment\n\n"u8);
            }
        }

        stream.Write(isNamed || random.Next(10) == 0 ? ""u8 : "data: [DONE]\n\n"u8);
        return random.Next(10) == 0 ? ByteMutation.Of(stream.ToArray(), random, stream.ToArray()) : stream.ToArray();
    }

    public static string Header(Random random) => random.Next(3) == 0
        ? Corpus.Headers[random.Next(Corpus.Headers.Length)]
        : Encoding.Latin1.GetString(ByteMutation.Of(
            Encoding.Latin1.GetBytes(Corpus.Headers[random.Next(Corpus.Headers.Length)]), random, Encoding.Latin1.GetBytes(Corpus.Headers[random.Next(Corpus.Headers.Length)])));

    private static void Change(List<JsonTree> events, JsonTree[][] seeds, Random random)
    {
        var at = random.Next(events.Count + 1);
        var other = seeds[random.Next(seeds.Length)];
        switch (random.Next(6))
        {
            case 0:
                events.Insert(at, other[random.Next(other.Length)]);
                break;
            case 1 when at < events.Count:
                events.RemoveAt(at);
                break;
            case 2 when at < events.Count:
                events.Insert(random.Next(events.Count), events[at]);
                break;
            case 3 when at < events.Count:
                var to = random.Next(events.Count);
                (events[at], events[to]) = (events[to], events[at]);
                break;
            default:
                if (at < events.Count)
                {
                    events[at] = JsonMutation.Of(events[at], random);
                }

                break;
        }
    }
}
