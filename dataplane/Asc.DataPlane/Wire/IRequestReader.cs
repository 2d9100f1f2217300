using System.Diagnostics.CodeAnalysis;

namespace Asc.DataPlane.Wire;

/// <summary>Reads one kind of body, field by field: see <see cref="BodyReader.Read{TReader}"/>.</summary>
internal interface IRequestReader
{
    [UnscopedRef]
    ref BodyReader Body { get; }

    /// <summary>The value of <c>model</c>; empty where it hasn't come yet.</summary>
    JsonSlice Model { get; }

    /// <summary>Reads, or passes over, the value of one of the body's fields.</summary>
    void ReadField(scoped ReadOnlySpan<byte> name);

    /// <summary>Finds fault where something is missing, once all fields are read.</summary>
    void ExpectRequired();

    /// <summary>What was read.</summary>
    /// <param name="end">The position of the body's closing brace.</param>
    ModelRequest Made(int end);
}
