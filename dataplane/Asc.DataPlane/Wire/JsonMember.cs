namespace Asc.DataPlane.Wire;

/// <summary>A member of an object as it is written.</summary>
internal static class JsonMember
{
    /// <summary>What is to be left out of <paramref name="json"/> so that it is without <paramref name="member"/>: one of the commas beside it goes too.</summary>
    public static JsonSlice WithComma(JsonSlice member, ReadOnlySpan<byte> json)
    {
        var after = json.Length - json[member.End..].TrimStart(" \t\r\n"u8).Length;
        if (after < json.Length && json[after] == ',')
        {
            return new(member.Start, after + 1 - member.Start);
        }

        // Of the last one only: where many are left out one after the other, what is before them is blank already, and looked at once.
        var before = json[..member.Start].TrimEnd(" \t\r\n"u8).Length - 1;
        return before >= 0 && json[before] == ',' ? new(before, member.End - before) : member;
    }
}
