using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi;

namespace Asc.Simulator.Azure;

/// <summary>The paths below <c>/{region}/azure/openai</c>: those of a deployment, and those of v1, whose bodies name it. Answers are OpenAI's, and more.</summary>
internal sealed class AzureEndpoints(ChatCompletions chat, Embeddings embeddings)
{
    private const string DeploymentValue = "deployment";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { $"/{{region}}/azure/openai/deployments/{{{DeploymentValue}}}", "/{region}/azure/openai/v1" })
        {
            var group = routes.MapGroup(prefix);
            group.Map("chat/completions", context => Door.EnterAsync(
                context, HttpMethods.Post, exchange => chat.AnswerForAsync(exchange, PlatformOf(exchange))));
            group.Map("embeddings", context => Door.EnterAsync(
                context, HttpMethods.Post, exchange => embeddings.AnswerForAsync(exchange, PlatformOf(exchange))));
        }
    }

    /// <summary>Null where the path names none.</summary>
    public static string? Deployment(Exchange exchange) => exchange.Context.Request.RouteValues[DeploymentValue] as string;

    public static bool IsV1(Exchange exchange) => Deployment(exchange) is null;

    private static Platform PlatformOf(Exchange exchange) => new()
    {
        Deployment = Deployment(exchange),
        Reword = error => error is OpenAiError { Code: "model_not_found" } ? AzureError.DeploymentNotFound : error,
        Filter = FilteredPrompt.Check,
        Extras = FilterResults.OfChats,
    };
}
