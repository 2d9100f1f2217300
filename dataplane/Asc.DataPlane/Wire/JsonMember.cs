namespace Asc.DataPlane.Wire;

/// <summary>A member of an object as it is written.</summary>
internal static class JsonMember
{
    /// <summary>What is to be left out of <paramref name="json"/> so that it is without <paramref name="member"/>: one of the commas beside it goes too.</summary>
    public static JsonSlice WithComma(JsonSlice member, ReadOnlySpan<byte> json)
    {
        var before = json[..member.Start].TrimEnd(" \t\r\n"u8).Length - 1;
        if (before >= 0 && json[before] == ',')
        {
            return new(before, member.End - before);
        }

        var after = json.Length - json[member.End..].TrimStart(" \t\r\n"u8).Length;
        return after < json.Length && json[after] == ',' ? new(member.Start, after + 1 - member.Start) : member;
    }
}
