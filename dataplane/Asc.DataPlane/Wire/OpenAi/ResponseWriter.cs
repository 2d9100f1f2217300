using System.Buffers;
using System.Text.Json;
using Asc.DataPlane.Reporting;
using Asc.DataPlane.Wire.Translation;

namespace Asc.DataPlane.Wire.OpenAi;

/// <summary>Writes an answer as one response (facts: 2.2, 3.7). What a model thought is left out: nobody but who made it could read it.</summary>
internal sealed class ResponseWriter(AnswerIdentity answer) : WholeAnswerPieces
{
    public override void End(in TokenUsage usage)
    {
        var response = new ResponseObject(answer);
        if (TextSoFar.WrittenCount + RefusalSoFar.WrittenCount > 0)
        {
            var message = response.Add([], []);
            message.Text.Write(TextSoFar.WrittenSpan);
            message.Refusal.Write(RefusalSoFar.WrittenSpan);
        }

        foreach (var call in Calls)
        {
            response.Add(call.Id, call.Name).Text.Write(call.Arguments.WrittenSpan);
        }

        response.Finish(Reason);
        response.Items.ForEach(static item => item.IsDone = true);
        using var writer = new Utf8JsonWriter(Output, new() { SkipValidation = true });
        response.Write(writer, usage);
        writer.Flush();
    }
}
