using System.Text.Json;
using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Embeddings;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>Reads a request's body once. Allocates nothing for a request that passes.</summary>
/// <returns>Null where <paramref name="request"/> was read, else what is wrong.</returns>
internal delegate GatewayError? ReadBody(ReadOnlySpan<byte> body, out ModelRequest request);

/// <summary>Reads the same body for a provider of another protocol.</summary>
/// <exception cref="UntranslatableException">It is no such body.</exception>
internal delegate Conversation ReadConversation(JsonElement body);

/// <summary>What writes an answer for the endpoint's clients, whole or as a stream.</summary>
internal delegate AnswerWriter NewAnswerWriter(AnswerIdentity answer, bool stream);

/// <summary>An endpoint that nodes serve. All are POST.</summary>
internal sealed class ApiEndpoint
{
    private ApiEndpoint(Operation operation, ClientDialect dialect, ReadBody read, ReadConversation? readConversation = null, NewAnswerWriter? newAnswerWriter = null)
    {
        (Operation, Path, Name, Dialect) = (operation, operation.Path(), operation.EndpointName(), dialect);
        (Read, ReadConversation, NewAnswerWriter) = (read, readConversation, newAnswerWriter);
    }

    public static ApiEndpoint ChatCompletions { get; } = new(
        Operation.ChatCompletions, ClientDialects.OpenAi, OpenAiChatRequestReader.Read, ChatConversationReader.Read,
        static (answer, stream) => stream ? new ChatChunkWriter(answer) : new ChatCompletionWriter(answer));

    public static ApiEndpoint Responses { get; } = new(
        Operation.Responses, ClientDialects.Responses, ResponsesRequestReader.Read, ResponsesConversationReader.Read,
        static (answer, stream) => stream ? new ResponsesEventWriter(answer) : new ResponseWriter(answer));

    public static ApiEndpoint Messages { get; } = new(
        Operation.Messages, ClientDialects.Anthropic, MessagesRequestReader.Read, MessagesConversationReader.Read,
        static (answer, stream) => stream ? new MessagesEventWriter(answer) : new MessageWriter(answer));

    public static ApiEndpoint Embeddings { get; } = new(Operation.Embeddings, ClientDialects.OpenAi, EmbeddingsRequestReader.Read) { Embeds = EmbeddingsWords.OpenAi };

    public static ApiEndpoint CountTokens { get; } = new(Operation.CountTokens, ClientDialects.Anthropic, MessagesRequestReader.ReadForCount) { IsFree = true };

    public static ApiEndpoint MistralChat { get; } = new(
        Operation.MistralChat, ClientDialects.Mistral, ChatRequestReader<MistralChatFields>.Read, ChatConversationReader.ReadMistrals,
        static (answer, stream) => stream ? new MistralChunkWriter(answer) : new MistralCompletionWriter(answer));

    public static ApiEndpoint MistralFim { get; } = new(Operation.MistralFim, ClientDialects.Mistral, FimRequestReader.Read);

    public static ApiEndpoint MistralEmbeddings { get; } = new(Operation.MistralEmbeddings, ClientDialects.Mistral, EmbeddingsRequestReader.ReadMistrals) { Embeds = EmbeddingsWords.Mistral };

    // As an array: each request is looked for, and an interface's enumerator would be allocated for it.
    private static readonly ApiEndpoint[] Served =
    [
        ChatCompletions, Responses, Messages, Embeddings, CountTokens,
        MistralChat, MistralFim, MistralEmbeddings,
    ];

    public static IReadOnlyList<ApiEndpoint> All => Served;

    public Operation Operation { get; }

    public string Path { get; }

    /// <summary>As records name it.</summary>
    public string Name { get; }

    /// <summary>What its clients speak.</summary>
    public ClientDialect Dialect { get; }

    public ReadBody Read { get; }

    /// <summary>How it says what embeddings are asked for and given; null: it has none.</summary>
    public EmbeddingsWords? Embeds { get; private init; }

    /// <summary>Whether providers charge nothing for it, whatever its answers tell of tokens.</summary>
    public bool IsFree { get; private init; }

    /// <summary>Null where no other protocol could serve it, or there is no conversation to be had.</summary>
    public ReadConversation? ReadConversation { get; }

    /// <summary>Likewise.</summary>
    public NewAnswerWriter? NewAnswerWriter { get; }

    /// <summary>Whether <paramref name="name"/> is an endpoint's very name, and not what a caller wrote.</summary>
    public static bool IsName(string name)
    {
        foreach (var endpoint in Served)
        {
            if (ReferenceEquals(endpoint.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null where nodes serve nothing at <paramref name="path"/>.</summary>
    public static ApiEndpoint? At(PathString path)
    {
        foreach (var endpoint in Served)
        {
            if (path.Equals(endpoint.Path, StringComparison.Ordinal))
            {
                return endpoint;
            }
        }

        return null;
    }
}
