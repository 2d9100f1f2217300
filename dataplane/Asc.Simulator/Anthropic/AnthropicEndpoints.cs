using Asc.Simulator.Dialects;

namespace Asc.Simulator.Anthropic;

/// <summary>The paths below <c>/{region}/anthropic/v1</c>.</summary>
internal sealed class AnthropicEndpoints(Messages messages, TokenCount counts, ClaudeModelList models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/{region}/anthropic/v1");
        v1.Map("messages", context => Door.EnterAsync(context, HttpMethods.Post, messages.AnswerAsync));
        v1.Map("messages/count_tokens", context => Door.EnterAsync(context, HttpMethods.Post, counts.AnswerAsync));
        v1.Map("models", context => Door.EnterAsync(context, HttpMethods.Get, models.ListAsync));
        v1.Map("models/{id}", context => Door.EnterAsync(context, HttpMethods.Get, models.ShowAsync));
    }
}
