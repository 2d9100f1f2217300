using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Distribution;
using Google.Protobuf;

namespace Asc.ControlPlane.Tests.Distribution;

/// <summary>What heartbeats make of circuits.</summary>
internal sealed class CircuitChangesTests
{
    private const string Name = "m of p in eu";

    [TestCase("", "closed", "")]
    [TestCase("", "open", "circuit.open")]
    [TestCase("closed", "open", "circuit.open")]
    [TestCase("closed", "half-open", "circuit.open", TestName = "A probe says that it was open")]
    [TestCase("open", "half-open", "", TestName = "A probe is under way, and nothing proved")]
    [TestCase("half-open", "open", "")]
    [TestCase("half-open", "closed", "circuit.close")]
    [TestCase("open", "", "circuit.close", TestName = "What the node no longer tells of is not open")]
    [TestCase("closed", "", "")]
    public void A_circuit_that_opens_or_closes_is_told_once(string before, string now, string action) => Assert.That(
        CircuitChanges.Between(new DeploymentHealthList { Deployments = { Told(before) } }.ToByteArray(), Told(now)).Select(change => (change.Action, change.Provider, change.Subject)),
        Is.EqualTo(action.Length > 0 ? new[] { (action, "p", Name) } : []));

    [Test]
    public void A_node_that_is_new_has_told_nothing_before() => Assert.That(CircuitChanges.Between(null, Told("open")).Select(change => change.Action), Is.EqualTo(new[] { "circuit.open" }));

    private static DeploymentHealth[] Told(string circuit) => circuit.Length == 0 ? [] : [new() { Provider = "p", UpstreamModel = "m", Region = "eu", Circuit = circuit }];
}
