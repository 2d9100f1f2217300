using System.Text.Json;
using System.Text.RegularExpressions;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Checks;

/// <summary>The required <c>name</c> of a function, a custom tool or a schema.</summary>
internal static partial class NameRule
{
    public static OpenAiError? Check(string path, JsonElement named)
    {
        var param = $"{path}.name";
        if (!named.TryGetPresent("name", out var name))
        {
            return OpenAiError.Missing(param);
        }

        return ValueRules.Text(param, name) ?? CheckText(param, name.GetString()!);
    }

    public static OpenAiError? CheckText(string param, string name) => Pattern().IsMatch(name)
        ? null
        : OpenAiError.BadRequest(
            $"Invalid '{param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]{{1,64}}$'.",
            param, "invalid_value");

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex Pattern();
}
