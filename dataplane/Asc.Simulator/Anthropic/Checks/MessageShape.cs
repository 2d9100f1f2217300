using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Checks;

/// <summary>One of <c>messages</c> by itself; their order is in <see cref="MessageOrder"/>.</summary>
internal static class MessageShape
{
    private static readonly Shape Shape = new(
        new Field("role", ValueRules.OneOf("user", "assistant", "system"), Required: true),
        new Field("content", ValueRules.Any, Required: true));

    public static AnthropicError? Check(string path, JsonElement message) =>
        Shape.Check(path, message)
        ?? ContentBlocks.Check($"{path}.content", message.TextOf("role")!, message.GetProperty("content"));
}
