using Google.Protobuf.Reflection;

namespace Asc.PolicyFiles;

/// <summary>Enum values as people write them: PROTOCOL_AZURE_OPENAI of enum Protocol is "azure-openai".</summary>
internal static class KebabNames
{
    public static string Of(EnumValueDescriptor value)
    {
        var prefix = string.Concat(value.EnumDescriptor.Name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToUpperInvariant() + "_";
        return value.Name[prefix.Length..].ToLowerInvariant().Replace('_', '-');
    }
}
