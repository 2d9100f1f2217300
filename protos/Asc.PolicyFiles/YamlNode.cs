namespace Asc.PolicyFiles;

/// <summary>A piece of YAML and where it begins, counted from 1.</summary>
internal abstract record YamlNode(int Line, int Column);

/// <summary>A scalar; <paramref name="IsPlain"/> where it stands without quotes.</summary>
internal sealed record YamlScalar(int Line, int Column, string Value, bool IsPlain) : YamlNode(Line, Column)
{
    public bool IsNull => IsPlain && Value is ("" or "~" or "null");
}

internal sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column)
{
    public (YamlScalar Key, YamlNode Value)? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry;
            }
        }

        return null;
    }
}
