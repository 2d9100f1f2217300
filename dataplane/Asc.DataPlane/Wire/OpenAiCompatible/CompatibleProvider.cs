using Asc.DataPlane.Wire.OpenAi;

namespace Asc.DataPlane.Wire.OpenAiCompatible;

/// <summary>A server that resembles OpenAI. Not all of them know the newer name of an answer's bound, and all know the older.</summary>
internal sealed class CompatibleProvider(IUsageInjection usage) : OpenAiProvider(usage, "max_tokens");
