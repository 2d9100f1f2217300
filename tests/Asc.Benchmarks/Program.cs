using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["swap"])
{
    return await Asc.Benchmarks.SwapBenchmark.RunAsync();
}

// In this process: the default would build a project of its own for each run.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Asc.Benchmarks.DecisionBenchmark).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).WithOptions(ConfigOptions.DisableLogFile));
return 0;
