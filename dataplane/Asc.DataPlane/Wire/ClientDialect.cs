using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asc.DataPlane.Rates;
using Asc.Policy.Compilation;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Wire;

/// <summary>What ASC says of its own accord in a client's protocol: errors, limits, ids. What a provider says is passed on.</summary>
internal abstract class ClientDialect
{
    private static readonly StringValues[] Numbers = [.. Enumerable.Range(0, 1024).Select(number => new StringValues(number.ToString(CultureInfo.InvariantCulture)))];
    // The body is JSON and never part of a page: quotes may be read as quotes.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The header in which the protocol's SDKs look for a request's id.</summary>
    public abstract string RequestIdHeader { get; }

    /// <summary>What is wrong with the protocol's own headers; null where nothing is.</summary>
    public virtual GatewayError? HeaderProblem(IHeaderDictionary headers) => null;

    /// <summary>The error as the whole answer.</summary>
    public ReadOnlyMemory<byte> ErrorBody(GatewayError error, string requestId) => Json(writer => WriteError(writer, error, requestId));

    /// <summary>The error as the end of a stream that has begun.</summary>
    public abstract ReadOnlyMemory<byte> ErrorEvent(GatewayError error, in StreamSoFar stream);

    /// <summary>What an answer tells of limits: of each kind the one that is nearest to refusing.</summary>
    public abstract void WriteLimits(IHeaderDictionary headers, TightestLimits limits, TimeProvider clock);

    /// <summary>What is wrong with how a page of names is asked for; null where nothing is.</summary>
    public virtual GatewayError? ModelPageProblem(IQueryCollection query) => null;

    /// <summary>The names that may be asked for.</summary>
    /// <param name="names">In order.</param>
    /// <param name="createdAt">Since when it is so.</param>
    /// <param name="query">Which page of them.</param>
    public ReadOnlyMemory<byte> ModelList(IReadOnlyList<CompiledName> names, DateTimeOffset createdAt, IQueryCollection query) => Json(writer => WriteModelList(writer, names, createdAt, query));

    /// <summary>One of them.</summary>
    public ReadOnlyMemory<byte> ModelEntry(CompiledName name, DateTimeOffset createdAt) => Json(writer => WriteModel(writer, name, createdAt));

    protected abstract void WriteModelList(Utf8JsonWriter writer, IReadOnlyList<CompiledName> names, DateTimeOffset createdAt, IQueryCollection query);

    protected abstract void WriteModel(Utf8JsonWriter writer, CompiledName name, DateTimeOffset createdAt);

    protected static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        write(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    protected static StringValues Number(long number) => number < Numbers.Length ? Numbers[Math.Max(0, number)] : number.ToString(CultureInfo.InvariantCulture);

    protected static void WriteProviderCode(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.ProviderCode is { } code)
        {
            writer.WriteString("provider_code"u8, code);
        }
    }

    protected abstract void WriteError(Utf8JsonWriter writer, GatewayError error, string requestId);
}
