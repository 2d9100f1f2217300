using System.Runtime.InteropServices;
using Asc.Dev;
using Grpc.Core;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var options = DevOptions.Parse(args);
    await using var dev = await DevStack.StartAsync(options, DevComposition.Default, stopping.Token);
    if (dev.Remark is { } remark)
    {
        await Console.Error.WriteLineAsync($"asc-dev: {remark}");
    }

    Banner.Print(dev.Description, options.DevJsonPath, await dev.FindFirstRequestAsync(stopping.Token), Console.Out);
    await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
    return 0;
}
catch (DevException exception)
{
    await Console.Error.WriteLineAsync($"asc-dev: {exception.Message}");
    return 1;
}
catch (Exception exception) when (stopping.IsCancellationRequested && exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
{
    return 0;
}
catch (RpcException exception)
{
    await Console.Error.WriteLineAsync($"asc-dev: the control plane refused: {exception.Status.Detail}");
    return 1;
}

// The hosts end first, the process after them.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
