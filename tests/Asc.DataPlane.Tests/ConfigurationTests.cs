namespace Asc.DataPlane.Tests;

/// <summary>A setting that nobody reads is a mistake that nobody notices: it is told before the node starts.</summary>
[NonParallelizable]
public sealed class ConfigurationTests
{
    private static readonly string[] Enough = ["--Asc:Name=eu-1", "--Asc:Region", "eu", "--Asc:NodeToken=ascn_x", "--Asc:TrustedKeys:0", Contracts.Signing.SigningKey.Generate("test").Verifier.ToString()];

    [Test]
    public void Flags_are_read()
    {
        var options = DataPlaneConfiguration.Read([.. Enough, "--asc:port", "0"]);

        Assert.That((options.Name, options.Region, options.Port, options.TrustedKeys.Count), Is.EqualTo(("eu-1", "eu", 0, 1)));
    }

    [TestCase("Asc:ClientRateGrace is more than a second", "--Asc:ClientRateGrace=00:00:01")]
    [TestCase("Asc:ClientHeadTimeout and", "--Asc:ClientHeadTimeout=0")]
    [TestCase("Asc:ClientBytesPerSecond", "--Asc:ClientBytesPerSecond=0")]
    [TestCase("Asc:RequestBodyMaximum", "--Asc:RequestBodyMaximum=10")]
    public void What_clients_are_held_to_is_something(string message, params string[] arguments) => Assert.That(
        () => DataPlaneConfiguration.Read([.. Enough, .. arguments]), Throws.InstanceOf<InvalidOperationException>().With.Message.Contains(message));

    [TestCase("there is no option --Asc:Prt: did you mean --Asc:Port?", "--Asc:Prt=80")]
    [TestCase("there is no option --port: did you mean --Asc:Port?", "--port", "80")]
    [TestCase("there is no option --adminport: did you mean --Asc:AdminPort?", "--adminport=80")]
    [TestCase("is no option: options are --Asc:NAME VALUE", "serve")]
    [TestCase("is no option: options are --Asc:NAME VALUE", "/Asc:Port", "80")]
    [TestCase("--Asc:Port needs a value", "--Asc:Port")]
    public void What_is_no_option_is_told_with_the_one_that_was_meant(string message, params string[] arguments) => Assert.That(
        () => DataPlaneConfiguration.Read([.. Enough, .. arguments]), Throws.InstanceOf<InvalidOperationException>().With.Message.Contains(message));

    [TestCase("Asc__SecretDirectory", "there is no setting Asc:SecretDirectory: did you mean Asc:SecretsDirectory?")]
    [TestCase("Asc__Zzzzz", "there is no setting Asc:Zzzzz")]
    public void So_is_what_the_environment_says_in_vain(string variable, string message)
    {
        Environment.SetEnvironmentVariable(variable, "x");
        try
        {
            Assert.That(() => DataPlaneConfiguration.Read(Enough), Throws.InstanceOf<InvalidOperationException>().With.Message.Contains(message));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
