namespace Asc.Simulator.OpenAi;

/// <summary>The paths below <c>/{region}/openai/v1</c>.</summary>
internal sealed class OpenAiEndpoints(OpenAiDoor door, ChatCompletions chat, ModelList models)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/{region}/openai/v1");
        v1.Map("chat/completions", context => door.EnterAsync(context, HttpMethods.Post, chat.AnswerAsync));
        v1.Map("models", context => door.EnterAsync(context, HttpMethods.Get, models.ListAsync));
        v1.Map("models/{id}", context => door.EnterAsync(context, HttpMethods.Get, models.ShowAsync));
        routes.Map("/{**path}", door.RefusePathAsync);
    }
}
