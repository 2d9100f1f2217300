using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.OpenAi;
using Asc.Policy.Decisions;
using Asc.Policy.Validation;
using Microsoft.Extensions.Primitives;

namespace Asc.DataPlane.Admission;

/// <summary>
/// Reads what a request says of itself: the form of it is judged here, what it means by the evaluator. Costs nothing where it says nothing.
/// </summary>
internal static class AttributionReader
{
    private const string WorkloadHeader = "x-asc-workload";
    private const string DataClassHeader = "x-asc-data-class";

    /// <summary>False where a header is malformed; the exchange then has the error.</summary>
    public static bool TryReadHeaders(GatewayExchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        exchange.IsAttributed = true;
        if (headers.TryGetValue(WorkloadHeader, out var workload) && ReadWorkload(exchange, workload) is { } ofWorkload)
        {
            exchange.Fail(ErrorCode.InvalidRequest, ofWorkload, WorkloadHeader);
        }
        else if (headers.TryGetValue(DataClassHeader, out var classes) && ReadDataClasses(exchange, classes) is { } ofClasses)
        {
            exchange.Fail(ErrorCode.InvalidRequest, ofClasses, DataClassHeader);
        }
        else if (headers.TryGetValue(TagHeader.Name, out var tags) && TagHeader.Read(tags, exchange.Tenant!.Tags, exchange.GivenTags) is { } ofTags)
        {
            exchange.Fail(ErrorCode.InvalidRequest, $"The header {TagHeader.Name} can't be read: {ofTags}.", TagHeader.Name);
        }
        else
        {
            Resolve(exchange);
        }

        return exchange.Error is null;
    }

    /// <summary>False where the body's <c>metadata</c> can't be read or says otherwise than the header.</summary>
    public static bool TryReadMetadata(GatewayExchange exchange, JsonSlice metadata)
    {
        var rules = exchange.Tenant!.Tags;
        if (metadata.IsEmpty)
        {
            return true;
        }

        if (MetadataTags.Read(metadata.Of(exchange.Body.Span), rules, exchange.GivenTags) is { } problem)
        {
            exchange.Fail(ErrorCode.InvalidRequest, problem, "metadata");
            return false;
        }

        Resolve(exchange);
        return true;
    }

    private static void Resolve(GatewayExchange exchange)
    {
        var known = exchange.Attribution;
        if (exchange.GivenTags.Count != (known.Tags?.Given.Count ?? 0))
        {
            exchange.Attribution = known with { Tags = ResolvedTags.Of(exchange.Tenant!.Tags, exchange.GivenTags, known.Key?.Declared.Tags ?? []) };
        }
    }

    private static string? ReadWorkload(GatewayExchange exchange, StringValues lines)
    {
        if (lines is not [{ } text] || !AttributionNames.IsName(text))
        {
            return $"The header {WorkloadHeader} names one workload, in lower-case letters, digits and \"-\".";
        }

        var workload = exchange.Policy!.Compiled.FindWorkload(text);
        exchange.Attribution = exchange.Attribution with { Workload = workload, UnknownWorkload = workload is null ? text : null };
        return null;
    }

    private static string? ReadDataClasses(GatewayExchange exchange, StringValues lines)
    {
        var (classes, unknown) = (0UL, (string?)null);
        foreach (var line in lines)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan()[range].Trim(' ');
                if (!AttributionNames.IsName(name))
                {
                    return $"The header {DataClassHeader} names data classes, separated by commas, in lower-case letters, digits and \"-\".";
                }

                var bit = exchange.Policy!.Compiled.FindDataClass(exchange.Tenant!, name);
                classes |= bit;
                unknown ??= bit == 0 ? name.ToString() : null;
            }
        }

        exchange.Attribution = exchange.Attribution with { DataClasses = classes, UnknownDataClass = unknown };
        return null;
    }
}
