using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>The dialect of each protocol that providers speak.</summary>
internal sealed class ProviderDialects(OpenAiProvider openAi, AnthropicProvider anthropic, MistralProvider mistral)
{
    /// <exception cref="InvalidOperationException">No dialect of that protocol exists: validation lets none through.</exception>
    public ProviderDialect Of(CompiledProvider provider) => provider.Document.Protocol switch
    {
        ProviderProtocol.OpenAi => openAi,
        ProviderProtocol.Anthropic => anthropic,
        ProviderProtocol.Mistral => mistral,
        var unknown => throw new InvalidOperationException($"{provider.Name} speaks {unknown}"),
    };
}
