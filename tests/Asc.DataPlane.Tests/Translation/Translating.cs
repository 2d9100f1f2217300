using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asc.DataPlane.Wire;
using Asc.DataPlane.Wire.Translation;
using Asc.Policy.Compilation;
using Asc.Policy.Documents;

namespace Asc.DataPlane.Tests.Translation;

/// <summary>Translates a request for one model.</summary>
internal sealed record Translating
{
    public delegate void WriteBody(Utf8JsonWriter writer, Conversation said, in TranslationTarget target);

    public ModelDocument Model { get; init; } = new("model", []);

    public RequestFeatures Dropped { get; init; }

    public long? MaxOutputTokens { get; init; }

    public string Body(string body, ReadBody read, ReadConversation converse, WriteBody write)
    {
        Assert.That(read(Encoding.UTF8.GetBytes(body), out var request), Is.Null);
        var policy = PolicyCompiler.Compile(new(
            [new("p", ProviderProtocol.OpenAi, "https://p.example", "s", "eu")], [Model with { Deployments = [new("p", "m")] }], [], [new("acme", [Model.Name], AllowedRegions: ["eu"], Id: "t")]), 1);
        var target = new TranslationTarget(
            "\"m\""u8.ToArray(), policy.FindName(Model.Name)!.Candidates[0].Model.Traits!, request.Shape.Features & ~Dropped & ~(Model.CacheBreakpoints ? RequestFeatures.None : RequestFeatures.CacheBreakpoints), request.MaxOutput.Asked ?? MaxOutputTokens, request.Stream);
        using var document = JsonDocument.Parse(body);
        using var sent = new MemoryStream();
        using (var writer = new Utf8JsonWriter(sent, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            write(writer, converse(document.RootElement), target);
        }

        return Encoding.UTF8.GetString(sent.ToArray());
    }
}
