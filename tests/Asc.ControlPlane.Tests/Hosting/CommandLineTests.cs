using Asc.ControlPlane.Hosting;

namespace Asc.ControlPlane.Tests.Hosting;

/// <summary>A setting that nobody reads is a mistake that nobody notices: it is told before anything starts.</summary>
[NonParallelizable]
internal sealed class CommandLineTests
{
    [Test]
    public void Flags_are_read()
    {
        var options = CommandLine.Bind(CommandLine.Read(["--port", "0", "--Asc:Listen=::1", "--database=sqlserver"]));

        Assert.That((options.Port, options.Listen, options.Database), Is.EqualTo((0, "::1", "sqlserver")));
    }

    [TestCase("there is no option --prot: did you mean --port?", "--prot", "80")]
    [TestCase("there is no option --Asc:Prt: did you mean --Asc:Port?", "--Asc:Prt=80")]
    [TestCase("there is no option --zzzzzz: there are --database", "--zzzzzz")]
    [TestCase("argument 3 is no option", "--port", "80", "stray")]
    [TestCase("--port needs a value", "--port")]
    public void What_is_no_option_is_told_with_the_one_that_was_meant(string message, params string[] arguments) => Assert.That(
        () => CommandLine.Read(arguments), Throws.InstanceOf<ControlPlaneConfigurationException>().With.Message.Contains(message));

    [Test]
    public void So_is_what_the_environment_says_in_vain()
    {
        Environment.SetEnvironmentVariable("Asc__ConectionString", "Data Source=secret");
        try
        {
            Assert.That(
                () => CommandLine.Read([]),
                Throws.InstanceOf<ControlPlaneConfigurationException>().With.Message.EqualTo("there is no setting Asc:ConectionString: did you mean Asc:ConnectionString?"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Asc__ConectionString", null);
        }
    }
}
