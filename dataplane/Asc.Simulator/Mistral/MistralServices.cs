using Asc.Simulator.Dialects;
using Asc.Simulator.Mistral.Answers;
using Asc.Simulator.Mistral.Replies;

namespace Asc.Simulator.Mistral;

internal static class MistralServices
{
    public static IServiceCollection AddMistral(this IServiceCollection services) => services
        .AddSingleton<IDialect, MistralDialect>()
        .AddSingleton<MistralEndpoints>()
        .AddSingleton<MistralCatalogue>()
        .AddSingleton<MistralBody>()
        .AddSingleton<ChatCompletions>()
        .AddSingleton<Embeddings>()
        .AddSingleton<MistralModelList>()
        .AddSingleton<ChatComposer>()
        .AddSingleton<ChatReply>();
}
