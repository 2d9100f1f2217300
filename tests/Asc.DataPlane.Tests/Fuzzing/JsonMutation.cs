using System.Text;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>Changes JSON in its structure: what is left is mostly JSON, and not what anybody expects.</summary>
internal static class JsonMutation
{
    // What is copied again and again would grow without end.
    private const int NodesMaximum = 1000;

    // What is refused at first sight: it would keep all else from being seen.
    private const int RareOneIn = 10;

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1", "1e999", "-1e999", "1E400", "0.1e-999", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1.5", "2147483648",
        "123456789012345678901234567890", "\"\"", "\" \"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\u0000\"", "\"\\u00e9\\ud83d\\ude00\"", "\"\\\"\"", "\"\\\\\"", "\"a\\/b\"", "\"😀\"", "\"\u2028\"", "\"{}\"", "\"{\\\"a\\\":1}\"",
        "\"[DONE]\"", "\"{\\\"a\\\":\"", "\"data:image/png;base64,AA==\"", "\"data:;base64,\"", "\"data:\\u0069mage/png;base64,AA==\"", "\"auto\"", "\"tool\"", "\"text\"", "{}", "[]", "[[]]", "[null]", "[{}]", "{\"\":{}}",
    ];

    private static readonly byte[] NoText = [(byte)'"', 0xC3, 0x28, 0xFF, (byte)'"'];

    public static JsonTree Of(JsonTree tree, Random random)
    {
        var result = tree.Clone();
        for (var times = 1 + random.Next(4); times > 0; times--)
        {
            Change(result, random);
        }

        return result;
    }

    private static void Change(JsonTree root, Random random)
    {
        var all = root.All().ToArray();
        if (all.Length > NodesMaximum)
        {
            return;
        }

        var node = all[random.Next(all.Length)];
        switch (random.Next(14))
        {
            case 0:
                node.Become(JsonTree.Scalar(Scalars[random.Next(Scalars.Length)]));
                break;
            case 1 when random.Next(RareOneIn) == 0:
                node.Become(new() { Raw = NoText });
                break;
            case 2:
                node.Become(JsonTree.Scalar(Deep(random)));
                break;
            case 3:
                node.Become(JsonTree.Scalar($"\"{new string(random.Next(2) == 0 ? 'x' : 'é', random.Next(8000))}\""));
                break;
            case 4:
                node.Become(all[random.Next(all.Length)].Clone());
                break;
            case 5:
                // What others have there.
                node.Become(Corpus.AnyValue(random));
                break;
            default:
                ChangeChildren(all.Where(static one => one.Children.Count > 0).ToArray(), random);
                break;
        }
    }

    private static void ChangeChildren(JsonTree[] parents, Random random)
    {
        if (parents.Length == 0)
        {
            return;
        }

        var parent = parents[random.Next(parents.Length)];
        var (children, at) = (parent.Children, random.Next(parent.Children.Count));
        var (name, value) = children[at];
        switch (random.Next(9))
        {
            case 0:
                children.RemoveAt(at);
                break;
            case 1:
                children.Insert(random.Next(children.Count), (name, value.Clone()));
                break;
            case 2:
                children.Insert(random.Next(children.Count + 1), (JsonTree.Quoted($"x_{random.Next(9)}"), JsonTree.Scalar(Scalars[random.Next(Scalars.Length)])));
                break;
            case 3:
                children.Insert(random.Next(children.Count + 1), Corpus.AnyMember(random));
                break;
            case 4:
                children[at] = (Escaped(name), value);
                break;
            case 5:
                (children[at], children[random.Next(children.Count)]) = (children[random.Next(children.Count)], children[at]);
                break;
            case 6:
                children[at] = (Corpus.AnyMember(random).Name, value);
                break;
            case 7 when random.Next(RareOneIn) == 0:
                children[at] = ([.. NoText], value);
                break;
            default:
                for (var i = random.Next(150); i > 0; i--)
                {
                    children.Add((JsonTree.Quoted($"m{i}"), value.Clone()));
                }

                break;
        }
    }

    // Around what readers take: 64 levels.
    private static string Deep(Random random)
    {
        var depth = random.Next(4) == 0 ? random.Next(2000) : 50 + random.Next(20);
        return random.Next(2) == 0
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"items\":", depth)) + "0" + new string('}', depth);
    }

    private static byte[] Escaped(byte[] name) => name.Length < 3 ? name : [(byte)'"', .. Encoding.ASCII.GetBytes($"\\u{name[1]:x4}"), .. name[2..]];
}
