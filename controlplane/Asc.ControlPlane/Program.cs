using System.Data.Common;
using System.Globalization;
using Asc.ControlPlane;
using Asc.ControlPlane.Hosting;
using Asc.ControlPlane.Observability;

// Only SqlClient needs cultures: what is written here is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

// Asc.ControlPlane [serve] | migrate | bootstrap [--name N] | keygen --out F [--name N]
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
        default:
            throw new ControlPlaneConfigurationException($"there is no command {command}; there are serve, migrate, bootstrap, keygen");
    }

    return 0;
}
catch (Exception exception) when (exception is ControlPlaneConfigurationException or DbException or IOException)
{
    var subject = exception is DbException ? "the database can't be used: " : "";
    Console.Error.WriteLine($"asc-controlplane: {subject}{exception.Message}");
    return 1;
}
