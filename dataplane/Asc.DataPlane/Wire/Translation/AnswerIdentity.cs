using System.Text;
using System.Text.Json;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Wire.Translation;

/// <summary>What an answer says of itself.</summary>
/// <param name="RequestId">The request's id, of which the answer's is made.</param>
/// <param name="Model">The model's name as it was asked for.</param>
/// <param name="CreatedAt">When the request came.</param>
/// <param name="PromptTokens">How long the prompt is, estimated.</param>
/// <param name="TellsUsage">Whether the client wants a stream's usage.</param>
internal readonly record struct AnswerIdentity(string RequestId, string Model, DateTimeOffset CreatedAt, long PromptTokens, bool TellsUsage)
{
    /// <summary>The request's body, which stays until the answer's end; empty where the answer tells nothing of it.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>What the request is translated for; null: its provider has it as it came.</summary>
    public TranslationTarget? Target { get; init; }

    /// <summary>What was made of the request for the target.</summary>
    public WrittenRequest Written { get; init; }

    /// <summary>Whether the client knows tools as functions, of which an answer calls one.</summary>
    public bool CallsFunctions { get; init; }

    public static AnswerIdentity Of(GatewayExchange exchange) => new(
        exchange.RequestId, exchange.RequestedModel!, exchange.StartedAt, exchange.Request.Shape.PromptTokens + exchange.Request.Attachments.Estimate, exchange.Request.AsksForUsage)
    {
        CallsFunctions = (exchange.Request.Shape.Features & RequestFeatures.Functions) != 0,
    };

    /// <summary>Of one that may tell what was asked.</summary>
    public static AnswerIdentity Of(GatewayExchange exchange, CompiledCandidate candidate) => Of(exchange) with
    {
        Request = exchange.Body.Memory, Target = candidate.Translates(exchange.Request.Shape) ? TranslationTarget.Of(exchange, candidate) : null,
    };

    /// <summary>An id of a kind, as <c>msg_…</c>.</summary>
    public string Id(string prefix) => prefix + RequestId.Replace("-", "", StringComparison.Ordinal);

    /// <summary>What stands before a signature of the model that thinks.</summary>
    public byte[] SignatureMark => Target is { } target ? CarriedReasoning.Mark(target.ModelJson) : [];

    /// <summary>The model's name as JSON.</summary>
    public byte[] ModelJson => [(byte)'"', .. JsonEncodedText.Encode(Model).EncodedUtf8Bytes, (byte)'"'];

    public byte[] CreatedJson => Encoding.ASCII.GetBytes(CreatedAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
}
