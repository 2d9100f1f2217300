using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.Mistral.Checks;

namespace Asc.Simulator.Mistral;

/// <summary>An error of the framework that the API is built with (FastAPI): <c>{"detail":…}</c>, a sentence or a list of problems.</summary>
internal sealed record MistralDetail : IProviderError
{
    private MistralDetail(int status, string? sentence, IReadOnlyList<Problem> problems) => (Status, Sentence, Problems) = (status, sentence, problems);

    public static MistralDetail Unauthorized { get; } = new(401, "Unauthorized", []);

    public static MistralDetail NotFound { get; } = new(404, "Not Found", []);

    public static MistralDetail MethodNotAllowed { get; } = new(405, "Method Not Allowed", []);

    public int Status { get; }

    public string? Sentence { get; }

    public IReadOnlyList<Problem> Problems { get; }

    public static MistralDetail Of(IReadOnlyList<Problem> problems) => new(422, null, problems);

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        if (Sentence is not null)
        {
            json.WriteString("detail", Sentence);
        }
        else
        {
            json.WriteStartArray("detail");
            foreach (var problem in Problems)
            {
                problem.Write(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
