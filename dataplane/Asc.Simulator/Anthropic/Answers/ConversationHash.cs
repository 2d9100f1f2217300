using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Anthropic.Answers;

/// <summary>What a conversation was up to a message.</summary>
internal static class ConversationHash
{
    /// <summary>Everything before the message at <paramref name="index"/>.</summary>
    public static string Before(JsonElement messages, int index)
    {
        using var blocks = new CanonicalBlock();
        foreach (var message in messages.EnumerateArray().Take(index))
        {
            var role = message.TextOf("role")!;
            if (message.TextOf("content") is not null)
            {
                blocks.Add(role, message.GetProperty("content"));
            }

            foreach (var block in MessageContent.Blocks(message))
            {
                blocks.Add(role, block);
            }
        }

        return blocks.Digest()[..16];
    }
}
