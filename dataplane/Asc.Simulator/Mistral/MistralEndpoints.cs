using Asc.Simulator.Dialects;

namespace Asc.Simulator.Mistral;

/// <summary>The paths below <c>/{region}/mistral/v1</c>.</summary>
internal sealed class MistralEndpoints(ChatCompletions completions, Embeddings embeddings, MistralModelList models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/{region}/mistral/v1");
        v1.Map("chat/completions", context => Door.EnterAsync(context, HttpMethods.Post, completions.ChatAsync));
        v1.Map("fim/completions", context => Door.EnterAsync(context, HttpMethods.Post, completions.FimAsync));
        v1.Map("embeddings", context => Door.EnterAsync(context, HttpMethods.Post, embeddings.AnswerAsync));
        v1.Map("models", context => Door.EnterAsync(context, HttpMethods.Get, models.ListAsync));
        v1.Map("models/{id}", context => Door.EnterAsync(context, HttpMethods.Get, models.ShowAsync));
    }
}
