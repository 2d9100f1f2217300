using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Asc.ControlPlane.Tests.Testing;

/// <summary>Everything that a host logs, as text.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = new();

    public IEnumerable<(LogLevel Level, string Line)> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture.lines.Enqueue((logLevel, $"{category} {eventId} {formatter(state, exception)} {exception}"));
    }
}
