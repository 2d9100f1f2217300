using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>Reads a request's body once. Allocates nothing for a request that passes.</summary>
/// <returns>Null where <paramref name="request"/> was read, else what is wrong.</returns>
internal delegate GatewayError? ReadBody(ReadOnlySpan<byte> body, out ModelRequest request);

/// <summary>An endpoint that nodes serve. All are POST.</summary>
internal sealed class ApiEndpoint
{
    private ApiEndpoint(Operation operation, ClientDialect dialect, ReadBody read) =>
        (Operation, Path, Name, Dialect, Read) = (operation, operation.Path(), operation.EndpointName(), dialect, read);

    public static ApiEndpoint ChatCompletions { get; } = new(Operation.ChatCompletions, ClientDialects.OpenAi, ChatRequestReader.Read);

    public static ApiEndpoint Messages { get; } = new(Operation.Messages, ClientDialects.Anthropic, MessagesRequestReader.Read);

    // As an array: each request is looked for, and an interface's enumerator would be allocated for it.
    private static readonly ApiEndpoint[] Served = [ChatCompletions, Messages];

    public static IReadOnlyList<ApiEndpoint> All => Served;

    public Operation Operation { get; }

    public string Path { get; }

    /// <summary>As records name it.</summary>
    public string Name { get; }

    /// <summary>What its clients speak.</summary>
    public ClientDialect Dialect { get; }

    public ReadBody Read { get; }

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
