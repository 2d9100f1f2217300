using Asc.Simulator.Dialects;
using Asc.Simulator.Faults;
using Asc.Simulator.Mistral.Answers;
using Asc.Simulator.Mistral.Checks;
using Asc.Simulator.Mistral.Replies;
using Asc.Simulator.Replies;

namespace Asc.Simulator.Mistral;

/// <summary><c>POST chat/completions</c> and <c>POST fim/completions</c>, whose answers look the same.</summary>
internal sealed class ChatCompletions(MistralBody bodies, ChatComposer composer, FaultBoard faults, FaultGate gate, ChatReply reply)
{
    public Task ChatAsync(Exchange exchange) => bodies.ReadAsync(
        exchange, RequestShapes.Chat, MistralAbilities.Chat, ModelRules.Chat, (body, model) =>
        {
            var request = new ChatRequest(body, model);
            return AnswerAsync(exchange, model, request.Stream, () => composer.Compose(request, $"{exchange.Region} {BearerKey.Of(exchange.Context.Request)}"));
        });

    public Task FimAsync(Exchange exchange) => bodies.ReadAsync(
        exchange, RequestShapes.Fim, MistralAbilities.Fim, ModelRules.Fim, (body, model) =>
        {
            var request = new FimRequest(body, model);
            return AnswerAsync(exchange, model, request.Stream, () => composer.Compose(request));
        });

    private async Task AnswerAsync(Exchange exchange, MistralModel model, bool stream, Func<ChatAnswer> compose)
    {
        var fault = faults.Take(exchange, model.Name);
        if (!await gate.AnsweredAsync(exchange, fault, stream))
        {
            await reply.SendAsync(exchange, compose(), stream, fault);
        }
    }
}
