using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi;
using Asc.Simulator.OpenAi.Responses;

namespace Asc.Simulator.Azure;

/// <summary>The paths below <c>/{region}/azure/openai</c>: those of a deployment, and those of v1 and of responses, whose bodies name it. Answers are OpenAI's, and more.</summary>
internal sealed class AzureEndpoints(ChatCompletions chat, CreateResponse responses, Embeddings embeddings)
{
    private const string DeploymentValue = "deployment";
    private const string V1 = "/azure/openai/v1/";
    private const string Responses = "/azure/openai/responses";

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

        foreach (var path in new[] { $"/{{region}}{Responses}", $"/{{region}}{V1}responses" })
        {
            routes.Map(path, context => Door.EnterAsync(context, HttpMethods.Post, exchange => responses.AnswerForAsync(exchange, PlatformOf(exchange))));
        }
    }

    /// <summary>Null where the path names none.</summary>
    public static string? Deployment(Exchange exchange) => exchange.Context.Request.RouteValues[DeploymentValue] as string;

    public static bool IsV1(HttpRequest request) => request.Path.Value!.Contains(V1, StringComparison.Ordinal);

    /// <summary>Whether responses are asked for where each request names the API's version.</summary>
    public static bool IsVersionedResponses(HttpRequest request) => request.Path.Value!.EndsWith(Responses, StringComparison.Ordinal);

    private static Platform PlatformOf(Exchange exchange) => new()
    {
        Deployment = Deployment(exchange),
        Reword = error => error is OpenAiError { Code: "model_not_found" } ? AzureError.DeploymentNotFound : error,
        Filter = FilteredPrompt.Check,
        Extras = FilterResults.OfChats,
    };
}
