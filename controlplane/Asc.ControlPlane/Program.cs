using System.Data.Common;
using System.Globalization;
using Asc.ControlPlane;
using Asc.ControlPlane.Hosting;
using Asc.ControlPlane.Observability;

// Only SqlClient needs cultures: what is written here is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

// Asc.ControlPlane [serve] | migrate | bootstrap [--name N] | keygen --out F [--name N] | restored -m WHY [--name N]
try
{
    var command = args.FirstOrDefault() is { } first && !first.StartsWith("--", StringComparison.Ordinal) ? first : "serve";
    var configuration = CommandLine.Read([.. args.SkipWhile(argument => argument == command)]);
    var options = CommandLine.Bind(configuration);
    switch (command)
    {
        case "serve":
            await using (var app = ControlPlaneHost.Build(options, signingKey: null, time: null, builder => builder.AddJsonLogs()))
            {
                await app.RunAsync();
            }

            break;
        case "migrate":
            await ControlPlaneHost.MigrateAsync(options);
            Console.Error.WriteLine("The database is up to date.");
            break;
        case "bootstrap":
            Console.WriteLine(await ControlPlaneHost.BootstrapAsync(options, configuration["Command:Name"] ?? "admin"));
            Console.Error.WriteLine("This is the first admin token; it is not shown again.");
            break;
        case "keygen":
            var path = configuration["Command:Out"] ?? throw new ControlPlaneConfigurationException("keygen needs --out FILE");
            Console.WriteLine(SigningKeyFile.Create(path, configuration["Command:Name"] ?? "asc"));
            Console.Error.WriteLine($"{path} holds the signing key; nodes are given the line above as verifier key.");
            break;
        case "restored":
            var (epoch, version) = await ControlPlaneHost.RestoredAsync(options, configuration["Command:Name"] ?? Environment.UserName, configuration["Command:Message"] ?? "");
            Console.WriteLine(epoch);
            Console.Error.WriteLine($"The epoch above has begun: {(version is null ? "nothing is published here, so nodes keep their policy until you publish" : $"nodes go to version {version}, the newest of this database")}.");
            Console.Error.WriteLine("Keys, suspensions and kill switches are on every node as this database has them: what was revoked, suspended or disabled after the backup must be again.");
            break;
        default:
            throw new ControlPlaneConfigurationException($"there is no command {command}; there are serve, migrate, bootstrap, keygen, restored");
    }

    return 0;
}
catch (Exception exception) when (exception is ControlPlaneConfigurationException or DbException or IOException)
{
    var subject = exception is DbException ? "the database can't be used: " : "";
    Console.Error.WriteLine($"asc-controlplane: {subject}{exception.Message}");
    return 1;
}
