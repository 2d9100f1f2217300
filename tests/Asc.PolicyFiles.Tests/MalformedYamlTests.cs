using System.Text;
using CsCheck;

namespace Asc.PolicyFiles.Tests;

/// <summary>Whatever the bytes are, reading ends, and says where it could not go on.</summary>
public sealed class MalformedYamlTests
{
    // Chosen, so that a run that fails fails again.
    private const string Seed = "0N0XIzNsQ0O2";
    private const int Texts = 2_000;

    // What YAML gives a meaning to, and what no text holds.
    private static readonly Gen<byte> Telling = Gen.OneOf<byte>([.. "[]{}:,-?&*!|>'\"%@`#~\\ \t\n\r"u8, 0x00, 0x1b, 0x80, 0xc3, 0xff]);

    private static readonly Gen<(int Kind, double At, int Length, byte Byte)> Mutation = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 0.999], Gen.Int[1, 40], Telling);

    [TestCase("a: [1,\nb", 2)]
    [TestCase("models: { allow: [a, b\nspec:\n", 2)]
    [TestCase("a: 1\nb: \"x\n", 2)]
    [TestCase("a:\n\t- b\n", 1)]
    public void Malformed_YAML_is_a_syntax_error_with_its_line(string text, int line)
    {
        var problem = Read(text).Problems.Single(problem => problem.Code == "syntax");

        Assert.That(problem.Line, Is.InRange(line, line + 2), problem.ToString());
        Assert.That(problem.Message, Does.StartWith("this is not YAML: ").And.Not.Contain("Operation is not valid"));
    }

    [Test]
    public void Whatever_is_done_to_the_bytes_of_a_policy_nothing_is_thrown_and_each_problem_has_a_line() =>
        Mutation.Array[1, 4].Array[Texts].Sample(
            texts =>
            {
                foreach (var text in texts.Select(Mutated))
                {
                    Assert.That(Read(text).Validate().Where(problem => problem.Line == 0), Is.Empty, text);
                }
            },
            seed: Seed,
            iter: 1,
            threads: 1);

    [Test]
    public void A_byte_order_mark_on_standard_input_is_no_part_of_the_text() =>
        Assert.That(Read("\uFEFF" + ValidPolicy.Text).Validate(), Is.Empty);

    private static string Mutated((int Kind, double At, int Length, byte Byte)[] mutations)
    {
        var bytes = Encoding.UTF8.GetBytes(ValidPolicy.Text).ToList();
        foreach (var (kind, where, length, letter) in mutations)
        {
            var at = (int)(where * bytes.Count);
            var rest = Math.Min(length, bytes.Count - at);
            switch (kind)
            {
                case 0:
                    bytes.Insert(at, letter);
                    break;
                case 1:
                    bytes.RemoveRange(at, rest);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, rest));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(1, rest));
                    bytes.Insert(at, letter);
                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static PolicyFileSet Read(string text) => PolicyFileReader.Read(["-"], new StringReader(text));
}
