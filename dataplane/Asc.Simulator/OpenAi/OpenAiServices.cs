using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.OpenAi.Replies;

namespace Asc.Simulator.OpenAi;

internal static class OpenAiServices
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services) => services
        .AddSingleton<OpenAiEndpoints>()
        .AddSingleton<OpenAiDoor>()
        .AddSingleton<OpenAiHeaders>()
        .AddSingleton<ErrorReply>()
        .AddSingleton<FaultGate>()
        .AddSingleton<ChatCompletions>()
        .AddSingleton<ModelList>()
        .AddSingleton<AnswerComposer>()
        .AddSingleton<JsonReply>()
        .AddSingleton<ChatStreamReply>();
}
