using Asc.Simulator.Dialects;

namespace Asc.Simulator.Replies;

/// <summary>Writes the events with which a stream goes wrong.</summary>
internal interface IEventWriter
{
    /// <summary>An event that stops in the middle of its JSON.</summary>
    void Broken();

    /// <summary>An error that is told after the stream began.</summary>
    void Failed(IProviderError error);
}
