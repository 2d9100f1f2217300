using Asc.DataPlane.Wire.Anthropic;
using Asc.DataPlane.Wire.Mistral;
using Asc.DataPlane.Wire.OpenAi;
using Asc.DataPlane.Wire.OpenAiCompatible;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire;

/// <summary>The dialect of each protocol that providers speak.</summary>
internal sealed class ProviderDialects(OpenAiProvider openAi, ResponsesProvider responses, CompatibleProvider compatible, AnthropicProvider anthropic, MistralProvider mistral)
{
    /// <param name="provider">Who is called.</param>
    /// <param name="operation">What it is asked, of its own protocol's.</param>
    /// <exception cref="InvalidOperationException">No dialect of that protocol exists: validation lets none through.</exception>
    public ProviderDialect Of(CompiledProvider provider, Operation operation) => provider.Document.Protocol switch
    {
        _ when operation == Operation.Responses => responses,
        ProviderProtocol.OpenAi or ProviderProtocol.AzureOpenAi => openAi,
        ProviderProtocol.OpenAiCompatible => compatible,
        ProviderProtocol.Anthropic => anthropic,
        ProviderProtocol.Mistral => mistral,
        var unknown => throw new InvalidOperationException($"{provider.Name} speaks {unknown}"),
    };
}
