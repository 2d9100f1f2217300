using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi.Responses;

namespace Asc.Simulator.OpenAi;

/// <summary>The paths below <c>/{region}/openai/v1</c>.</summary>
internal sealed class OpenAiEndpoints(ChatCompletions chat, CreateResponse responses, Embeddings embeddings, ModelList models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/{region}/openai/v1");
        v1.Map("chat/completions", context => Door.EnterAsync(context, HttpMethods.Post, chat.AnswerAsync));
        v1.Map("responses", context => Door.EnterAsync(context, HttpMethods.Post, responses.AnswerAsync));
        v1.Map("embeddings", context => Door.EnterAsync(context, HttpMethods.Post, embeddings.AnswerAsync));
        v1.Map("models", context => Door.EnterAsync(context, HttpMethods.Get, models.ListAsync));
        v1.Map("models/{id}", context => Door.EnterAsync(context, HttpMethods.Get, models.ShowAsync));
    }
}
