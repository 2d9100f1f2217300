using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Asc.Cli.Output;
using Asc.Cli.Shapes;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.PolicyFiles;

namespace Asc.Cli.Commands;

internal static class CatalogueCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string?>("NAME") { Description = "One of them, as a policy file would declare it", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(static _ => ModelCatalogue.All.Select(static model => new System.CommandLine.Completions.CompletionItem(model.Identity())));
        var command = new Command("catalogue", "What ASC knows of current models, offline: \"catalogue: NAME\" in a Model's spec takes what the file doesn't say") { name };
        runner.Local(command, (parsed, printer, _) =>
        {
            if (parsed.GetValue(name) is { } one)
            {
                PrintOne(one, printer);
            }
            else
            {
                PrintAll(printer);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void PrintOne(string name, Printer printer)
    {
        var model = ModelCatalogue.Find(name)
            ?? throw new CliException(ExitCode.NotFound, "not_found", $"The catalogue has no \"{name}\".", "\"asc catalogue\" lists what it has.");
        printer.Print(ResourceWriter.ToJson(model), ShapesJson.Readable.JsonObject, static (printer, json) => YamlText.Write(JsonSerializer.SerializeToElement(json, ShapesJson.Readable.JsonObject), printer.Output));
    }

    private static void PrintAll(Printer printer) => printer.Print(
        new ListShape<System.Text.Json.Nodes.JsonObject>([.. ModelCatalogue.All.Select(ResourceWriter.ToJson)]),
        ShapesJson.Readable.ListShapeJsonObject,
        static (printer, _) => printer.Table(
            ["model", "context", "answer", "can do", "can be told to think", "refuses", "tools by", "cache"],
            ModelCatalogue.All.Select(static model => new[]
            {
                model.Identity(), Number(model.Model.HasContextWindow, model.Model.ContextWindow), Number(model.Model.HasMaxOutputTokens, model.Model.MaxOutputTokens),
                Words(model, "capabilities"), Words(model, "reasoning"), Words(model, "unsupported"), Words(model, "toolsBy"),
                model.Model.CacheBreakpoints ? "breakpoints" : "",
            })));

    private static string Number(bool isKnown, uint number) => isKnown ? number.ToString(CultureInfo.InvariantCulture) : "";

    // As they are written in a policy file.
    private static string Words(Resource model, string field) => ResourceWriter.ToJson(model)["spec"]![field] switch
    {
        System.Text.Json.Nodes.JsonArray words => string.Join(", ", words),
        System.Text.Json.Nodes.JsonObject reasoning => $"{string.Join(", ", (System.Text.Json.Nodes.JsonArray?)reasoning["efforts"] ?? [])}{(reasoning["byBudget"] is null ? "" : " by budget")}",
        System.Text.Json.Nodes.JsonValue word => word.GetValue<string>(),
        _ => "",
    };
}
