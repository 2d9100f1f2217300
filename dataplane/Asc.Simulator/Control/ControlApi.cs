using System.Text.Json;
using Asc.Simulator.Faults;
using Asc.Simulator.Journal;
using Microsoft.Extensions.Primitives;

namespace Asc.Simulator.Control;

/// <summary>The simulator's own endpoints under <c>/_sim</c>: faults to inject, requests received. Open to anyone local.</summary>
internal sealed class ControlApi(FaultBoard faults, RequestJournal journal)
{
    public const string Prefix = "/_sim";

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix);
        control.MapPut("faults", PutFaultsAsync);
        control.MapGet("faults", ShowFaultsAsync);
        control.MapDelete("faults", DeleteFaultsAsync);
        control.MapGet("requests", ShowRequestsAsync);
        control.MapDelete("requests", DeleteRequestsAsync);
        control.Map("{**path}", context => RefuseAsync(context, StatusCodes.Status404NotFound, ["no such endpoint"]));
    }

    private async Task PutFaultsAsync(HttpContext context)
    {
        var reader = new FaultDocumentReader();
        var read = reader.Read(await RequestBody.ReadAsync(context.Request, context.RequestAborted));
        if (reader.Problems.Count > 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, reader.Problems);
            return;
        }

        faults.Replace(read);
        await ShowFaultsAsync(context);
    }

    private Task ShowFaultsAsync(HttpContext context) =>
        AnswerAsync(context, json => FaultDocumentWriter.Write(json, faults.Current));

    private Task DeleteFaultsAsync(HttpContext context)
    {
        faults.Replace([]);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task ShowRequestsAsync(HttpContext context)
    {
        var since = context.Request.Query["since"];
        if (StringValues.IsNullOrEmpty(since))
        {
            return AnswerAsync(context, json => JournalWriter.Write(json, journal.Items));
        }

        return long.TryParse(since, out var number)
            ? AnswerAsync(context, json => JournalWriter.Write(json, journal.Since(number)))
            : RefuseAsync(context, StatusCodes.Status400BadRequest, ["since: expected a request number"]);
    }

    private Task DeleteRequestsAsync(HttpContext context)
    {
        journal.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status, IReadOnlyList<string> problems)
    {
        context.Response.StatusCode = status;
        return AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", string.Join("; ", problems));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static async Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        write(json);
    }
}
