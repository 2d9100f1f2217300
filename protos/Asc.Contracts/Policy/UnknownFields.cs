using Google.Protobuf;

namespace Asc.Contracts.Policy;

/// <summary>Whether bytes hold fields that this build doesn't know: what it would have to ignore, it must refuse.</summary>
public static class UnknownFields
{
    /// <summary>Parses, and says whether anything would be ignored, at any depth.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> content, out bool hasUnknown)
        where T : IMessage<T>
    {
        var known = parser.WithDiscardUnknownFields(true).ParseFrom(content);
        hasUnknown = parser.ParseFrom(content).CalculateSize() != known.CalculateSize();
        return known;
    }
}
