using System.Globalization;
using Asc.Bench;

if (args is ["ungoverned", var port, var upstream])
{
    await UngovernedHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), new Uri(upstream));
    return 0;
}

return args switch
{
    ["publish", ..] => await PublishBenchmark.RunAsync(),
    ["json", ..] => await NodeBenchmark.RunAsync(json: true, streams: false),
    ["stream", ..] => await NodeBenchmark.RunAsync(json: false, streams: true),
    ["load", var seconds] => await NodeBenchmark.LoadAsync(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))),
    [] => await NodeBenchmark.RunAsync(json: true, streams: true) + await PublishBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: tests/bench [json | stream | publish | load SECONDS]");
    return 2;
}
