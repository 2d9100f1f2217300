using System.Text.Json;
using Asc.DataPlane.Providers;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;

namespace Asc.DataPlane.Wire;

/// <summary>How a provider is spoken to and understood: one for each protocol. Nothing else on a call's way knows which it is.</summary>
internal abstract class ProviderDialect
{
    /// <summary>The headers of the protocol's own: of those that the client sent, where it speaks the same.</summary>
    public virtual void AddHeaders(GatewayExchange exchange, CompiledCandidate candidate, UpstreamHeaders upstream)
    {
    }

    /// <summary>Writes a request of another protocol in this one's words.</summary>
    /// <exception cref="UntranslatableException">There are none for it.</exception>
    public abstract void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target);

    /// <summary>Reads one answer for clients of another protocol.</summary>
    public abstract AnswerReader NewAnswerReader(BegunAnswer begun = default);

    /// <summary>The body of a request of this protocol as the provider is sent it.</summary>
    /// <param name="withoutReasoning">Whether what was thought in earlier turns is left out, as the provider can't read it.</param>
    public abstract BodyPieces Body(GatewayExchange exchange, CompiledCandidate candidate, bool withoutReasoning);

    /// <summary>Whether what was thought in earlier turns can be left out of a body, where the provider refuses it as another's.</summary>
    public virtual bool CanLeaveReasoningOut => false;

    /// <summary>Whether the provider is asked for usage in the caller's stead, so that the event that carries it is ASC's own.</summary>
    public abstract bool AsksForUsageItself(GatewayExchange exchange);

    /// <summary>Reads one event of a stream. O(its length).</summary>
    /// <param name="data">The event's data; not empty.</param>
    /// <exception cref="JsonException">It is not what the protocol sends.</exception>
    public abstract StreamEvent ReadEvent(ReadOnlySpan<byte> data);

    /// <summary>Whether an event says that the stream is over.</summary>
    /// <param name="data">The event's data, be it cut off.</param>
    public abstract bool IsEnd(ReadOnlySpan<byte> data);

    /// <summary>Reads what a whole answer tells beside its content.</summary>
    /// <exception cref="JsonException">The answer is not a JSON object.</exception>
    public abstract WholeAnswer ReadAnswer(ReadOnlySpan<byte> answer);

    /// <summary>What makes of an answer of the client's own protocol what was asked for; null: it is that.</summary>
    public virtual TranslatedCall? Mend(GatewayExchange exchange, ReadOnlySpan<byte> answer) => null;

    /// <summary>The provider's own words in an error's body; nothing where there are none.</summary>
    public abstract ProviderComplaint Complaint(ReadOnlySpan<byte> body);
}
