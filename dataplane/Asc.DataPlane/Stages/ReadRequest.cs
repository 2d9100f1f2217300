using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Asc.DataPlane.Admission;
using Asc.DataPlane.Wire;
using Asc.Policy.Decisions;
using Microsoft.AspNetCore.Http.Features;

namespace Asc.DataPlane.Stages;

/// <summary>Guarantees that the body is a request of its endpoint's protocol that ASC has read once, that it is known what the request says of itself, and that it asks for nothing that policy can't permit yet.</summary>
internal sealed class ReadRequest(DataPlaneOptions options) : IStage
{
    private const int ModelNameMaximum = 256;
    private const long DrainedMaximum = 64 * 1024 * 1024;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> EnterAsync(GatewayExchange exchange)
    {
        var request = exchange.Http.Request;
        if (!IsServed(exchange, request) || !AttributionReader.TryReadHeaders(exchange))
        {
            return false;
        }

        if (request.ContentLength is not { } length || length > options.RequestBodyMaximum)
        {
            HaveDrained(exchange.Http);
        }

        if (request.ContentLength > options.RequestBodyMaximum)
        {
            return TooLarge(exchange);
        }

        try
        {
            if (!RequestEncoding.IsNone(request.Headers.ContentEncoding))
            {
                return await ExpandAsync(exchange, request) && TryRead(exchange);
            }

            if (await exchange.Body.ReadAsync(request.BodyReader, request.ContentLength, options.RequestBodyMaximum, exchange.Http.RequestAborted))
            {
                return TryRead(exchange);
            }

            return TooLarge(exchange);
        }
        catch (BadHttpRequestException exception) when (exception.Message.StartsWith("Unexpected end of request content", StringComparison.Ordinal))
        {
            // Half a body and a closed connection: nobody waits for an answer.
            exchange.Fail(ErrorCode.ClientClosedRequest, "The client left before it had sent its request.");
        }

        return false;
    }

    // A client that is still sending doesn't listen, and a connection that is closed meanwhile takes the answer with it: the server reads on behind the answer for a few seconds, as far as a body may be long.
    private static void HaveDrained(HttpContext http)
    {
        if (!(http.Request.ContentLength > DrainedMaximum) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = DrainedMaximum;
        }
    }

    private bool TooLarge(GatewayExchange exchange)
    {
        exchange.Fail(ErrorCode.RequestTooLarge, $"The body is longer than {options.RequestBodyMaximum} bytes.");
        return false;
    }

    // Not further than what is refused: a few bytes can be made to hold terabytes.
    private async ValueTask<bool> ExpandAsync(GatewayExchange exchange, HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding;
        await using var expanded = RequestEncoding.Expand(request.Body, encoding);
        try
        {
            if (await exchange.Body.ReadAsync(expanded, null, options.RequestBodyMaximum, exchange.Http.RequestAborted))
            {
                return true;
            }

            exchange.Fail(ErrorCode.RequestTooLarge, $"The body is longer than {options.RequestBodyMaximum} bytes once it is expanded from {encoding}.");
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            exchange.Fail(ErrorCode.InvalidRequest, $"The body is not {encoding}, as its content-encoding says.");
        }

        return false;
    }

    private static bool IsServed(GatewayExchange exchange, HttpRequest request)
    {
        if (RequestHead.Problem(request) is { } problem)
        {
            exchange.Fail(problem);
        }
        else if (exchange.Endpoint is null)
        {
            exchange.Fail(ErrorCode.NotFound, $"There is no {request.Path}. This node serves {string.Join(", ", ApiEndpoint.All.Select(endpoint => endpoint.Name))}, GET {ModelListPath.Models} and GET /mistral{ModelListPath.Models}.");
        }
        else if (!HttpMethods.IsPost(request.Method))
        {
            exchange.Http.Response.Headers.Allow = HttpMethods.Post;
            exchange.Fail(ErrorCode.MethodNotAllowed, $"{request.Path} takes POST, not {request.Method}.");
        }
        else if (!IsJson(request.ContentType))
        {
            exchange.Fail(ErrorCode.UnsupportedMediaType, "The body must be application/json.");
        }
        else if (exchange.Dialect.HeaderProblem(request.Headers) is { } headerProblem)
        {
            exchange.Fail(headerProblem);
        }
        else if (RequestEncoding.Problem(request.Headers.ContentEncoding) is { } encodingProblem)
        {
            exchange.Http.Response.Headers.AcceptEncoding = RequestEncoding.Accepted;
            exchange.Fail(encodingProblem);
        }

        return exchange.Error is null;
    }

    private static bool IsJson(string? contentType)
    {
        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryRead(GatewayExchange exchange)
    {
        var body = exchange.Body.Span;
        if (exchange.Endpoint!.Read(body, out var request) is { } error)
        {
            exchange.Fail(error);
        }

        if (!request.Model.IsEmpty)
        {
            ReadName(exchange, request.Model.Of(body));
        }

        exchange.Request = request;
        return exchange.Error is null && AttributionReader.TryReadMetadata(exchange, request.Metadata);
    }

    private static void ReadName(GatewayExchange exchange, ReadOnlySpan<byte> literal)
    {
        Span<char> name = stackalloc char[ModelNameMaximum];
        if (!TryUnescape(literal, name, out var length))
        {
            exchange.Fail(ErrorCode.InvalidRequest, $"\"model\" must be a string of 1 to {ModelNameMaximum} characters.", "model");
            return;
        }

        exchange.Name = exchange.Policy!.Compiled.FindName(name[..length]);
        exchange.RequestedModel = exchange.Name?.Name ?? name[..length].ToString();
    }

    private static bool TryUnescape(ReadOnlySpan<byte> literal, Span<char> name, out int length)
    {
        length = 0;
        // An escaped character takes six bytes at most, a plain one four.
        if (literal.Length > (ModelNameMaximum * 6) + 2)
        {
            return false;
        }

        var reader = new Utf8JsonReader(literal);
        reader.Read();
        try
        {
            if (!reader.ValueIsEscaped)
            {
                return Encoding.UTF8.TryGetChars(reader.ValueSpan, name, out length) && length > 0;
            }

            var text = reader.GetString()!;
            length = text.Length;
            return text.Length > 0 && text.TryCopyTo(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
