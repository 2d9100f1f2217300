using System.Text.Json;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary><c>stream_options</c>.</summary>
internal static class StreamOptionsRules
{
    private const string Name = "stream_options";

    public static OpenAiError? Check(JsonElement body)
    {
        if (!body.TryGetPresent(Name, out var options))
        {
            return null;
        }

        if (!body.IsTrue("stream"))
        {
            return OpenAiError.BadRequest(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", Name, "invalid_parameter_combination");
        }

        foreach (var option in options.EnumerateObject())
        {
            var param = $"{Name}.{option.Name}";
            if (option.Name is not ("include_usage" or "include_obfuscation"))
            {
                return OpenAiError.Unknown(param);
            }

            if (option.Value.ValueKind != JsonValueKind.Null && ValueRules.Flag(param, option.Value) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
