namespace Asc.DataPlane.Wire;

/// <summary>Loads the vocabulary of <see cref="TextTokens"/> beside what else a node does at its start.</summary>
internal sealed class TokenizerLoading : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(TextTokens.Load, stoppingToken);
}
