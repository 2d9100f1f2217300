using System.Text;
using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Faults;
using Asc.Simulator.Replies;

namespace Asc.Simulator.Anthropic;

/// <summary><c>POST messages/count_tokens</c>: as many tokens as the same prompt is billed.</summary>
internal sealed class TokenCount(MessageBody bodies, FaultBoard faults, FaultGate gate, JsonReply json)
{
    public Task AnswerAsync(Exchange exchange) => bodies.ReadAsync(exchange, countsOnly: true, async (body, model) =>
    {
        var fault = faults.Take(exchange, model.Name);
        if (!await gate.AnsweredAsync(exchange, fault, streams: false))
        {
            var tokens = Prompt.Of(body).Tokens;
            await json.SendAsync(exchange, Encoding.UTF8.GetBytes($"{{\"input_tokens\":{tokens}}}"), fault);
        }
    });
}
