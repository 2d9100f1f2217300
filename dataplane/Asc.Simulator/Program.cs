using Asc.Simulator;

if (CommandLine.Parse(args) is not { } commandLine)
{
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Port = commandLine.Port });
foreach (var region in commandLine.Regions)
{
    Console.WriteLine(
        $"{region}: {simulator.OpenAiBaseUrl(region)} {simulator.AnthropicBaseUrl(region)} {simulator.MistralBaseUrl(region)} {simulator.AzureBaseUrl(region)}");
}

await simulator.WaitForShutdownAsync();
return 0;
