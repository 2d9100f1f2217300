using System.Text;
using System.Text.Json;

namespace Asc.DataPlane.Tests.Fuzzing;

/// <summary>JSON that can be made into what is none: names may stand twice, and names and values are any bytes.</summary>
internal sealed class JsonTree
{
    /// <summary>A value that is neither object nor array, as it is written; null: it is one of them.</summary>
    public byte[]? Raw { get; set; }

    /// <summary>Whether it has members, or elements, which have no names.</summary>
    public bool IsObject { get; set; }

    public List<(byte[] Name, JsonTree Value)> Children { get; private set; } = [];

    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static JsonTree Scalar(string raw) => new() { Raw = Encoding.UTF8.GetBytes(raw) };

    public static byte[] Quoted(string name) => Encoding.UTF8.GetBytes($"\"{name}\"");

    public JsonTree Clone() => new() { Raw = Raw, IsObject = IsObject, Children = [.. Children.Select(static child => (child.Name, child.Value.Clone()))] };

    /// <summary>Becomes another value.</summary>
    public void Become(JsonTree other) => (Raw, IsObject, Children) = (other.Raw, other.IsObject, other.Children);

    /// <summary>It and all in it.</summary>
    public IEnumerable<JsonTree> All() => Children.SelectMany(static child => child.Value.All()).Prepend(this);

    public byte[] ToBytes()
    {
        var output = new MemoryStream();
        WriteTo(output);
        return output.ToArray();
    }

    private void WriteTo(MemoryStream output)
    {
        if (Raw is not null)
        {
            output.Write(Raw);
            return;
        }

        output.WriteByte((byte)(IsObject ? '{' : '['));
        for (var i = 0; i < Children.Count; i++)
        {
            if (i > 0)
            {
                output.WriteByte((byte)',');
            }

            if (IsObject)
            {
                output.Write(Children[i].Name);
                output.WriteByte((byte)':');
            }

            Children[i].Value.WriteTo(output);
        }

        output.WriteByte((byte)(IsObject ? '}' : ']'));
    }

    private static JsonTree Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new() { IsObject = true, Children = [.. element.EnumerateObject().Select(static member => (Quoted(member.Name), Of(member.Value)))] },
        JsonValueKind.Array => new() { Children = [.. element.EnumerateArray().Select(static one => (Array.Empty<byte>(), Of(one)))] },
        _ => Scalar(element.GetRawText()),
    };
}
