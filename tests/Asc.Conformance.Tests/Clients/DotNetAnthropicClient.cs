using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Helpers;
using Anthropic.Models.Messages;

namespace Asc.Conformance.Tests.Clients;

/// <summary>The Anthropic package, as strict as it can be.</summary>
internal sealed class DotNetAnthropicClient() : SdkClient("Anthropic (NuGet)", ClientProtocol.Anthropic, Exceptions)
{
    private const int MaxTokens = 1024;
    private static readonly SdkErrors Exceptions = new(nameof(AnthropicBadRequestException), nameof(AnthropicRateLimitException), nameof(Anthropic5xxException), nameof(AnthropicSseException), nameof(AnthropicSseException), nameof(OperationCanceledException));

    public override string? Setting => "it is told to check every answer against its models";

    public override Task<string?> StartAsync()
    {
        Version = typeof(AnthropicClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return Task.FromResult<string?>(null);
    }

    public override async Task<Heard> HoldAsync(Job job, CancellationToken leave)
    {
        var pieces = new List<string>();
        try
        {
            return await ConverseAsync(job, pieces, leave) with { Pieces = pieces };
        }
        catch (Exception exception) when (exception is AnthropicException or IOException or OperationCanceledException)
        {
            return new() { Pieces = pieces, Error = Problem(exception) };
        }
    }

    private static async Task<Heard> ConverseAsync(Job job, List<string> pieces, CancellationToken leave)
    {
        using var client = new AnthropicClient { BaseUrl = job.BaseUrl, ApiKey = job.Key, ResponseValidation = true };
        List<MessageParam> messages = [new UserMessageParam(Content(job.Ask))];
        var answer = await AskAsync(client, job, messages, pieces, leave);
        var calls = Calls(answer);
        if (job.Ask.Results is { } results)
        {
            List<ContentBlockParam> said = [.. answer.Content.Select(block => new ContentBlockParam(block.Json))];
            List<ContentBlockParam> told = [.. calls.Zip(results, (call, result) => (ContentBlockParam)new ToolResultBlockParam(call.ID) { Content = result })];
            messages.AddRange([new AssistantMessageParam(said), new UserMessageParam(told)]);
            answer = await AskAsync(client, job, messages, pieces, leave);
        }

        var text = string.Concat(answer.Content.Select(block => block.TryPickText(out var said) ? said.Text : ""));
        return new()
        {
            Text = text,
            Calls = [.. calls.Select(call => new HeardCall(call.Name, JsonSerializer.SerializeToNode(call.Input)!.AsObject()))],
            Parsed = job.Ask.Schema is null ? null : JsonNode.Parse(text),
            Finish = answer.StopReason?.Raw(),
            Stop = answer.StopSequence,
            Usage = new(answer.Usage.InputTokens, answer.Usage.CacheReadInputTokens ?? 0, answer.Usage.OutputTokens) { Written = answer.Usage.CacheCreationInputTokens ?? 0 },
        };
    }

    private static MessageContentParam Content(Ask ask) => ask.Image is { } image
        ? new List<ContentBlockParam> { new TextBlockParam(ask.User), new ImageBlockParam(new Base64ImageSource { Data = image, MediaType = "image/png" }) }
        : ask.User;

    private static IReadOnlyList<ToolUseBlock> Calls(Message answer) => [.. answer.Content.Select(block => block.TryPickToolUse(out var call) ? call : null).OfType<ToolUseBlock>()];

    private static async Task<Message> AskAsync(AnthropicClient client, Job job, List<MessageParam> messages, List<string> pieces, CancellationToken leave)
    {
        var ask = job.Ask;
        var parameters = new MessageCreateParams { Model = job.Model, MaxTokens = ask.MaxTokens ?? MaxTokens, Messages = messages };
        parameters = ask.System is { } system ? parameters with { System = system } : parameters;
        parameters = ask.Stop is { } stop ? parameters with { StopSequences = stop } : parameters;
        parameters = ask.Tools is { } tools ? parameters with { Tools = [.. tools.Select(tool => (ToolUnion)new Tool { Name = tool.Name, Description = tool.Description, InputSchema = new(Members(tool.Parameters)) })] } : parameters;
        parameters = ask.Schema is { } schema ? parameters with { OutputConfig = new() { Format = new() { Schema = Members(schema) } } } : parameters;
        return job.Stream ? await StreamAsync(client, job, parameters, pieces, leave) : await client.Messages.Create(parameters, leave);
    }

    private static async Task<Message> StreamAsync(AnthropicClient client, Job job, MessageCreateParams parameters, List<string> pieces, CancellationToken leave)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(leave);
        var whole = new MessageContentAggregator();
        await foreach (var happened in client.Messages.CreateStreaming(parameters, leaving.Token).CollectAsync(whole))
        {
            if (happened.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var text))
            {
                pieces.Add(text.Text);
                await (job.Ask.Leaves ? leaving.CancelAsync() : Task.CompletedTask);
            }
        }

        return whole.Message();
    }

    private static Dictionary<string, JsonElement> Members(JsonObject json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static HeardError Problem(Exception exception)
    {
        var error = new HeardError(exception is OperationCanceledException ? nameof(OperationCanceledException) : exception.GetType().Name, exception.Message);
        return exception switch
        {
            AnthropicApiException refusal => error with { Status = (int)refusal.StatusCode, Code = Code(refusal), RequestId = refusal.RequestID },
            AnthropicServiceException broken => error with { Code = Code(broken) },
            _ => error,
        };
    }

    private static string? Code(AnthropicServiceException exception) =>
        exception.Body.ValueKind == JsonValueKind.Object && exception.Body.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString() : null;
}
