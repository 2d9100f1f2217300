using System.Text;

namespace Asc.DataPlane.Wire;

/// <summary>Names of an object's members, to be found without a string of the one that is looked for.</summary>
internal readonly struct FieldNames
{
    private readonly byte[][][] byLength;

    public FieldNames(params ReadOnlySpan<string> names)
    {
        byLength = new byte[1][][];
        foreach (var name in names)
        {
            if (name.Length >= byLength.Length)
            {
                Array.Resize(ref byLength, name.Length + 1);
            }

            byLength[name.Length] = [.. byLength[name.Length] ?? [], Encoding.UTF8.GetBytes(name)];
        }
    }

    public bool Contain(ReadOnlySpan<byte> name)
    {
        if (name.Length < byLength.Length && byLength[name.Length] is { } sameLength)
        {
            foreach (var one in sameLength)
            {
                if (name.SequenceEqual(one))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
