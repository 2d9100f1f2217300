using System.Reflection;

namespace Asc.Architecture.Tests;

/// <summary>Who may know whom, by project files and by what the compiler really took.</summary>
internal sealed class LayeringTests
{
    private static readonly string[] ControlPlaneOnly = ["Asc.ControlPlane", "Asc.Persistence", "Asc.Persistence.Sqlite", "Asc.Persistence.SqlServer", "Asc.Console"];
    private static readonly string[] DataPlaneOnly = ["Asc.DataPlane"];
    private static readonly string[] Servers = [.. ControlPlaneOnly, .. DataPlaneOnly, "Asc.Simulator", "Asc.Dev"];

    [Test]
    public void The_data_plane_does_not_know_the_control_plane() => Assert.Multiple(() =>
    {
        Assert.That(Names(Project.Named("Asc.DataPlane").Closure()), Has.None.AnyOf([.. ControlPlaneOnly]));
        Assert.That(AssembliesBehind("Asc.DataPlane"), Has.None.AnyOf([.. ControlPlaneOnly]));
    });

    [Test]
    public void The_control_plane_does_not_know_the_data_plane()
    {
        var control = Project.Named("Asc.ControlPlane");
        Assert.Multiple(() =>
        {
            Assert.That(Names(control.Closure()), Has.None.AnyOf([.. DataPlaneOnly]));
            Assert.That(AssembliesBehind("Asc.ControlPlane"), Has.None.AnyOf([.. DataPlaneOnly]));
        });
    }

    [Test]
    public void Only_what_is_both_planes_at_once_references_both() => Assert.That(
        Project.All.Values
            .Where(project => !project.Folder.StartsWith("tests/", StringComparison.Ordinal))
            .Where(project => Names(project.Closure()) is var names && names.Contains("Asc.DataPlane") && names.Contains("Asc.ControlPlane"))
            .Select(project => project.Name),
        Is.SubsetOf(new[] { "Asc.Dev" }));

    [Test]
    public void Only_the_stores_know_their_drivers()
    {
        string[] drivers = ["Microsoft.Data.", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.SqlServer"];
        foreach (var project in new[] { "Asc.ControlPlane", "Asc.Persistence" })
        {
            Assert.That(
                Assembly.Load(project).GetReferencedAssemblies().Where(reference => drivers.Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal))),
                Is.Empty,
                project);
        }
    }

    [Test]
    public void The_shared_language_depends_on_neither_plane()
    {
        foreach (var project in Project.All.Values.Where(project => project.Folder.StartsWith("protos/", StringComparison.Ordinal)))
        {
            Assert.That(project.Closure().Select(one => one.Folder), Has.All.StartsWith("protos/"), project.Name);
            Assert.That(AssembliesBehind(project.Name), Has.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("Microsoft.EntityFrameworkCore"), project.Name);
        }
    }

    [Test]
    public void Policy_is_alone_and_pure()
    {
        var policy = Project.Named("Asc.Policy");
        Assert.Multiple(() =>
        {
            Assert.That(policy.References, Is.Empty);
            Assert.That(policy.Packages, Is.Empty);
            Assert.That(policy.Frameworks, Is.Empty);
            Assert.That(policy.Sdk, Is.EqualTo("Microsoft.NET.Sdk"));
        });
        // No socket, process or database can be reached from what isn't referenced; of these, Net.Primitives is addresses only.
        string[] allowed =
        [
            "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Runtime",
            "System.Net.Primitives", "System.Text.Encodings.Web", "System.Text.Json", "System.Text.RegularExpressions",
        ];
        Assert.That(Assembly.Load("Asc.Policy").GetReferencedAssemblies().Select(name => name.Name), Is.SubsetOf(allowed));
    }

    [Test]
    public void Policy_s_banned_symbols_name_files_clocks_chance_and_tasks()
    {
        var banned = SourceTree.Read("protos/Asc.Policy/BannedSymbols.txt");
        foreach (var symbol in new[] { "System.IO", "System.Threading.Tasks.Task", "System.Random", "System.TimeProvider" })
        {
            Assert.That(banned, Does.Contain(symbol));
        }
    }

    [Test]
    public void The_CLI_knows_no_plane_no_database_and_no_web_server()
    {
        var cli = Project.Named("Asc.Cli");
        string[] heavy = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Grpc.AspNetCore", "Serilog.AspNetCore", "Microsoft.Data."];
        Assert.Multiple(() =>
        {
            Assert.That(Names(cli.Closure()), Has.None.AnyOf([.. Servers]));
            foreach (var project in cli.Closure())
            {
                Assert.That(project.Sdk, Is.EqualTo("Microsoft.NET.Sdk"), project.Name);
                Assert.That(project.Frameworks, Is.Empty, project.Name);
                Assert.That(project.Packages.Where(package => heavy.Any(name => package.StartsWith(name, StringComparison.Ordinal))), Is.Empty, project.Name);
            }

            Assert.That(AssembliesBehind(cli.AssemblyName).Where(one => heavy.Any(name => one.StartsWith(name, StringComparison.Ordinal))), Is.Empty);
        });
    }

    private static IReadOnlyList<string> Names(IEnumerable<Project> projects) => [.. projects.Select(project => project.Name)];

    /// <summary>What an assembly references, and what those of ours among them do.</summary>
    private static HashSet<string> AssembliesBehind(string assembly)
    {
        var (found, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([assembly]));
        while (open.TryDequeue(out var name))
        {
            foreach (var reference in Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!).Where(found.Add))
            {
                if (reference.StartsWith("Asc.", StringComparison.Ordinal))
                {
                    open.Enqueue(reference);
                }
            }
        }

        return found;
    }
}
