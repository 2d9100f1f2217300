using Asc.Simulator.Dialects;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.OpenAi.Replies;
using Asc.Simulator.OpenAi.Responses;
using Asc.Simulator.OpenAi.Responses.Answers;
using Asc.Simulator.OpenAi.Responses.Checks;
using Asc.Simulator.OpenAi.Responses.Replies;

namespace Asc.Simulator.OpenAi;

internal static class OpenAiServices
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services) => services
        .AddSingleton<OpenAiDialect>()
        .AddSingleton<IDialect>(provider => provider.GetRequiredService<OpenAiDialect>())
        .AddSingleton<OpenAiEndpoints>()
        .AddSingleton<ChatCompletions>()
        .AddSingleton<Embeddings>()
        .AddSingleton<ModelList>()
        .AddSingleton<AnswerComposer>()
        .AddSingleton<ChatStreamReply>()
        .AddSingleton<CreateResponse>()
        .AddSingleton<ResponseRequestCheck>()
        .AddSingleton<ResponseStore>()
        .AddSingleton<ResponseComposer>()
        .AddSingleton<ResponseStreamReply>();
}
