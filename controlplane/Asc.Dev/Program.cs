using Asc.Dev;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The hosts end first, the process after them.
    pressed.Cancel = true;
    stopping.Cancel();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => stopping.Cancel();

try
{
    var options = DevOptions.Parse(args);
    await using var dev = await DevStack.StartAsync(options, DevComposition.Default, stopping.Token);
    Banner.Print(dev.Description, Console.Out);
    await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
    Console.WriteLine("Stopping.");
    return 0;
}
catch (DevException exception)
{
    await Console.Error.WriteLineAsync($"asc-dev: {exception.Message}");
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
