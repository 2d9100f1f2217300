using Asc.Simulator.Anthropic.Answers;
using Asc.Simulator.Anthropic.Replies;
using Asc.Simulator.Claude;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Anthropic;

internal static class AnthropicServices
{
    public static IServiceCollection AddAnthropic(this IServiceCollection services) => services
        .AddSingleton<IDialect, AnthropicDialect>()
        .AddSingleton<AnthropicEndpoints>()
        .AddSingleton<ClaudeCatalogue>()
        .AddSingleton<MessageBody>()
        .AddSingleton<Messages>()
        .AddSingleton<TokenCount>()
        .AddSingleton<ClaudeModelList>()
        .AddSingleton<PromptCache>()
        .AddSingleton<MessageComposer>()
        .AddSingleton<MessageStreamReply>();
}
