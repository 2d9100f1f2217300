namespace Asc.Simulator.Tests;

public sealed class CommandLineTests
{
    [Test]
    public void Port_and_regions_are_read()
    {
        var read = CommandLine.Parse(["--port", "0", "--regions", "eu,ap-south"])!;

        Assert.Multiple(() =>
        {
            Assert.That(read.Port, Is.Zero);
            Assert.That(read.Regions, Is.EqualTo(new[] { "eu", "ap-south" }));
        });
    }

    [TestCase("--port")]
    [TestCase("--port", "seven")]
    [TestCase("--verbose", "1")]
    public void Anything_else_is_wrong_usage(params string[] arguments) => Assert.That(CommandLine.Parse(arguments), Is.Null);
}
