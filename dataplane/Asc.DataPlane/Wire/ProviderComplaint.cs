namespace Asc.DataPlane.Wire;

/// <summary>What a provider says is wrong with a request, in its own words, without what is the operator's.</summary>
/// <param name="Message">Null where it didn't say.</param>
/// <param name="Code">As its protocol has it; null where it has none.</param>
/// <param name="Type">Likewise.</param>
/// <param name="Parameter">The request field that it finds fault with.</param>
internal readonly record struct ProviderComplaint(string? Message, string? Code = null, string? Type = null, string? Parameter = null)
{
    // Providers have no code for it but OpenAI (facts: 3.8). Anthropic: "prompt is too long: 9 tokens > 8 maximum", "input length and `max_tokens` exceed context limit"; Mistral and vLLM: "maximum context length"; TGI: "`inputs` tokens
    // + `max_new_tokens` must be <= 4096", "`inputs` must have less than 4096 tokens"; llama.cpp: "exceeds the available context size"; Ollama: "input length exceeds the context length"; SGLang: "exceeds the maximum allowed length", "is longer than the model's context length".
    private static readonly string[] TooLong =
    [
        "prompt is too long", "exceed context limit", "maximum context length", "`inputs` tokens + `max_new_tokens` must be", "`inputs` must have less than", "exceeds the available context size",
        "exceeds the context length", "exceeds the maximum allowed length", "longer than the model's context length",
    ];

    // Azure has no code for it, nor has Anthropic: "Invalid `signature` in `thinking` block", "Invalid `data` in `redacted_thinking` block".
    private static readonly string[] Foreign = ["signature` in `thinking` block", "data` in `redacted_thinking` block"];

    /// <summary>Whether what was thought in an earlier turn is refused: another model made it, or another account's, or it was changed.</summary>
    public bool IsOfReasoning => Code == "invalid_encrypted_content" || (Message is { } message
        && ((message.StartsWith("The encrypted content", StringComparison.Ordinal) && message.Contains("could not be verified", StringComparison.Ordinal)) || Array.Exists(Foreign, words => message.Contains(words, StringComparison.Ordinal))));

    /// <summary>Whether it is the credential that is refused, whatever the status: that is no fault of the request.</summary>
    public bool IsOfCredential => Code == "invalid_api_key" || Type is "authentication_error" or "invalid_api_key";

    /// <summary>Whether the account has no money or quota left, which doesn't pass within minutes. Not every protocol has a status for it.</summary>
    public bool IsOfBilling(int status) => status == StatusCodes.Status402PaymentRequired || Code is "insufficient_quota" or "billing_error" || Type is "insufficient_quota" or "billing_error";

    /// <summary>Whether the provider has too much to do (facts: 3.8), of which Anthropic has a type of its own.</summary>
    public bool IsOfOverload => Type == "overloaded_error";

    /// <summary>Whether the prompt is longer than the model takes.</summary>
    public bool IsOfLength => Code == "context_length_exceeded" || (Message is { } message && Array.Exists(TooLong, words => message.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
