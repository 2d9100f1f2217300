namespace Asc.Simulator.Mistral;

/// <summary>What a Mistral model can be used for; the model list tells it as <c>capabilities</c>.</summary>
[Flags]
public enum MistralAbilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Chat completions.</summary>
    Chat = 1,

    /// <summary>Fill-in-the-middle completions.</summary>
    Fim = 2,

    /// <summary>Embeddings.</summary>
    Embeddings = 4,

    /// <summary>Calls of tools in chats.</summary>
    Tools = 8,

    /// <summary>Images in chats.</summary>
    Vision = 16,

    /// <summary>Thinking before the answer, where <c>reasoning_effort</c> or <c>prompt_mode</c> asks for it.</summary>
    Reasoning = 32,
}
