using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Asc.Functional.Tests;

/// <summary>All that every host of a test bed logs, kept to be looked at.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IEnumerable<string> Lines => lines.Select(line => line.Text);

    /// <summary>What no test expects.</summary>
    public IEnumerable<string> Errors => lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join("; ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            lines.Enqueue((logLevel, $"{logLevel} {category} {eventId.Id} {formatter(state, exception)} | {values} {exception}"));
        }
    }
}
