namespace Asc.Policy.Documents;

/// <summary>What a request asks a provider's API to do. Each is an endpoint of one protocol.</summary>
public enum Operation
{
    /// <summary>Not said, as for a request that is only imagined: any provider will do.</summary>
    Unspecified,

    /// <summary>OpenAI's chat completions.</summary>
    ChatCompletions,

    /// <summary>Anthropic's messages.</summary>
    Messages,

    /// <summary>OpenAI's embeddings.</summary>
    Embeddings,

    /// <summary>OpenAI's responses.</summary>
    Responses,

    /// <summary>How many tokens a message request's prompt is (Anthropic).</summary>
    CountTokens,

    /// <summary>Mistral's chat completions.</summary>
    MistralChat,

    /// <summary>Mistral's completions between what stands before and after.</summary>
    MistralFim,

    /// <summary>Mistral's embeddings.</summary>
    MistralEmbeddings,
}

/// <summary>How operations are called.</summary>
public static class Operations
{
    /// <summary>Every one that is said.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.ChatCompletions, Operation.Responses, Operation.Messages, Operation.Embeddings, Operation.CountTokens,
        Operation.MistralChat, Operation.MistralFim, Operation.MistralEmbeddings,
    ];

    /// <summary>The endpoint's path on a node; empty for <see cref="Operation.Unspecified"/>.</summary>
    public static string Path(this Operation operation) => operation switch
    {
        Operation.Unspecified => "",
        Operation.ChatCompletions => "/v1/chat/completions",
        Operation.Messages => "/v1/messages",
        Operation.Responses => "/v1/responses",
        Operation.Embeddings => "/v1/embeddings",
        Operation.CountTokens => "/v1/messages/count_tokens",
        Operation.MistralChat => "/mistral/v1/chat/completions",
        Operation.MistralFim => "/mistral/v1/fim/completions",
        Operation.MistralEmbeddings => "/mistral/v1/embeddings",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    /// <summary>What kind of model serves it; none for <see cref="Operation.Unspecified"/>.</summary>
    public static Capabilities Kind(this Operation operation) => operation switch
    {
        Operation.Unspecified => Capabilities.None,
        Operation.ChatCompletions or Operation.Responses or Operation.Messages or Operation.CountTokens or Operation.MistralChat => Capabilities.Chat,
        Operation.Embeddings or Operation.MistralEmbeddings => Capabilities.Embeddings,
        Operation.MistralFim => Capabilities.Fim,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    /// <summary>The endpoint as records name it; empty for <see cref="Operation.Unspecified"/>.</summary>
    public static string EndpointName(this Operation operation) => operation == Operation.Unspecified ? "" : "POST " + operation.Path();

    /// <summary>The operation of a node's path; unspecified where it has none.</summary>
    public static Operation OfPath(string path) => path.Length == 0 ? Operation.Unspecified : All.FirstOrDefault(operation => operation.Path() == path);

    /// <summary>The operation of an endpoint that a record names.</summary>
    public static Operation OfEndpoint(string name) => All.FirstOrDefault(operation => operation.EndpointName() == name);
}
