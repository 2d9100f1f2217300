namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Reads OpenAI's.</summary>
internal static class OpenAiChatRequestReader
{
    /// <inheritdoc cref="ChatRequestReader{TFields}.Read"/>
    public static GatewayError? Read(ReadOnlySpan<byte> body, out ModelRequest request) => ChatRequestReader<OpenAiChatFields>.Read(body, out request);
}
