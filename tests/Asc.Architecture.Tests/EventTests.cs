using System.Globalization;
using System.Text.RegularExpressions;

namespace Asc.Architecture.Tests;

/// <summary>An event's number is what alerts are built on: one meaning each, in its plane's range.</summary>
internal sealed partial class EventTests
{
    private static IEnumerable<(string File, int? Id)> Events(string folder) =>
        from file in SourceTree.HandWritten.Under(folder)
        from Match match in Attribute().Matches(SourceTree.Read(file))
        select (file, int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var id) ? id : (int?)null);

    [TestCase("dataplane/Asc.DataPlane", 1000, 1999)]
    [TestCase("controlplane/Asc.ControlPlane", 2000, 2999)]
    public void Every_event_has_a_number_of_its_own_in_range(string folder, int least, int most)
    {
        var events = Events(folder).ToArray();
        Assert.That(events, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(events.Where(one => one.Id is null).Select(one => one.File), Is.Empty, "without a number first");
            Assert.That(events.Where(one => one.Id < least || one.Id > most), Is.Empty, "out of range");
            Assert.That(events.GroupBy(one => one.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => one.File))}"), Is.Empty, "twice");
        });
    }

    [Test]
    public void Servers_log_by_generated_methods_only() => Assert.That(
        SourceTree.HandWritten.Under("dataplane/Asc.DataPlane").Concat(SourceTree.HandWritten.Under("controlplane/Asc.ControlPlane"))
            .Where(file => Direct().IsMatch(SourceTree.Read(file))),
        Is.Empty);

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?([^,)]*)")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex Direct();
}
