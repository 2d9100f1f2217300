using System.Text.Json;
using Asc.Simulator.Dialects;
using Asc.Simulator.Mistral.Checks;
using Asc.Simulator.Replies;
using Asc.Simulator.Wire;

namespace Asc.Simulator.Mistral;

/// <summary>The body of a request, parsed and checked.</summary>
internal sealed class MistralBody(MistralCatalogue catalogue)
{
    /// <summary>Refuses the request, or hands its body and the model that it asks for to <paramref name="answer"/>.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="shape">What the body looks like.</param>
    /// <param name="ability">What the model has to be good for.</param>
    /// <param name="check">What else the model's code finds wrong with it.</param>
    /// <param name="answer">What comes next.</param>
    public async Task ReadAsync(
        Exchange exchange, Shape shape, MistralAbilities ability,
        Func<JsonElement, MistralModel, MistralError?> check, Func<JsonElement, MistralModel, Task> answer)
    {
        using var document = WireJson.Parse(exchange.Body);
        if (document is null)
        {
            await ErrorReply.SendAsync(exchange, MistralDetail.Of([Problem.NotJson()]));
            return;
        }

        // Without the content type the framework does not read the body as JSON at all.
        IProviderError? error = exchange.Context.Request.HasJsonContentType()
            ? RequestShapes.Check(shape, document.RootElement)
            : MistralDetail.Of([Problem.NotObject(Location.Body, null)]);
        if (error is null)
        {
            var name = document.RootElement.TextOf("model")!;
            var model = catalogue.Find(name) is { } found && found.Can(ability) ? found with { Name = name } : null;
            error = model is null ? MistralError.UnknownModel(name) : check(document.RootElement, model);
            if (error is null)
            {
                await answer(document.RootElement, model!);
                return;
            }
        }

        await ErrorReply.SendAsync(exchange, error);
    }
}
