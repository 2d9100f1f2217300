using System.Reflection;
using System.Xml.Linq;

namespace Asc.Architecture.Tests;

/// <summary>What other projects build on says what it is.</summary>
internal sealed class DocumentationTests
{
    [TestCase("Asc.Policy")]
    [TestCase("Asc.Contracts")]
    [TestCase("Asc.PolicyFiles")]
    public void Every_public_type_has_a_summary(string name)
    {
        var assembly = Assembly.Load(name);
        var summaries = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value) || member.Element("inheritdoc") is not null)
            .Select(member => (string)member.Attribute("name")!)
            .ToHashSet(StringComparer.Ordinal);
        var types = assembly.GetExportedTypes().Where(type => !IsGenerated(type)).ToArray();
        Assert.That(types, Is.Not.Empty);
        Assert.That(types.Where(type => !summaries.Contains("T:" + type.FullName!.Replace('+', '.'))), Is.Empty);
    }

    // What the protocol compiler writes is in the namespaces of the packages: Asc.Contracts.Policy.V1 and so on.
    private static bool IsGenerated(Type type) => type.Namespace!.Split('.')[^1] is ['V', >= '0' and <= '9', ..];
}
