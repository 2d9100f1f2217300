using System.Text.RegularExpressions;

namespace Asc.Architecture.Tests;

/// <summary>A thing is called what it is; what is called a helper has no place yet.</summary>
internal sealed partial class NamingTests
{
    [Test]
    public void No_folder_is_a_drawer_for_what_is_left() => Assert.That(
        SourceTree.HandWritten.SelectMany(file => file.Split('/')[..^1]).Distinct().Where(folder => Drawer().IsMatch(folder.Split('.')[^1])), Is.Empty);

    [Test]
    public void No_type_is_one_either() => Assert.That(
        SourceTree.HandWritten.SelectMany(file => SourceTree.TypesDeclaredIn(file).Where(type => Drawer().IsMatch(type)).Select(type => $"{file}: {type}")), Is.Empty);

    [Test]
    public void There_are_no_regions_and_no_banners() => Assert.That(
        SourceTree.HandWritten.Where(file => Noise().IsMatch(SourceTree.Read(file))), Is.Empty);

    [GeneratedRegex("(Utils?|Utilities|Utility|Helpers?|Common|Managers?|Misc)$")]
    private static partial Regex Drawer();

    [GeneratedRegex(@"^\s*#region|^// *Copyright", RegexOptions.Multiline)]
    private static partial Regex Noise();
}
