namespace Asc.DataPlane.Wire;

/// <summary>Reads one kind of body, once: see <see cref="BodyReader.Read{TReader}"/>.</summary>
internal interface IRequestReader
{
    /// <summary>What is wrong with what was read; null: nothing so far.</summary>
    GatewayError? Error { get; }

    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string of it is no text.</exception>
    ModelRequest ReadRoot();
}
