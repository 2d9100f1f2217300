using System.ClientModel;
using System.ClientModel.Primitives;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Asc.Conformance.Tests.Clients;

/// <summary>The OpenAI package. It has no way of its own to read a structured answer, and passes over a chat stream's error event: the broken connection is what it sees.</summary>
internal sealed class DotNetOpenAiClient() : SdkClient("OpenAI (NuGet)", ClientProtocol.OpenAi, Exceptions)
{
    private static readonly SdkErrors Exceptions = new(nameof(ClientResultException), nameof(ClientResultException), nameof(ClientResultException), nameof(IOException), nameof(IOException), nameof(OperationCanceledException));

    public override string? Setting => "it is told not to repeat what failed: it knows no header that would stop it";

    public override Task<string?> StartAsync()
    {
        Version = typeof(ChatClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return Task.FromResult<string?>(null);
    }

    public override async Task<Heard> HoldAsync(Job job, CancellationToken leave)
    {
        var pieces = new List<string>();
        try
        {
            return job.Ask.Embeds is { } texts ? await EmbedAsync(job, texts, leave) : await ConverseAsync(job, pieces, leave) with { Pieces = pieces };
        }
        catch (Exception exception) when (exception is ClientResultException or IOException or OperationCanceledException)
        {
            return new() { Pieces = pieces, Error = Problem(exception) };
        }
    }

    private static async Task<Heard> ConverseAsync(Job job, List<string> pieces, CancellationToken leave)
    {
        var client = new ChatClient(job.Model, new ApiKeyCredential(job.Key), Once(job.BaseUrl));
        List<ChatMessage> messages = [.. Messages(job.Ask)];
        var heard = await AskAsync(client, job, messages, pieces, leave);
        if (job.Ask.Results is not { } results)
        {
            return heard.Heard;
        }

        messages.Add(heard.Message);
        messages.AddRange(heard.Message.ToolCalls.Zip(results, (call, result) => new ToolChatMessage(call.Id, result)));
        return (await AskAsync(client, job, messages, pieces, leave)).Heard with { Calls = heard.Heard.Calls };
    }

    private static async Task<Heard> EmbedAsync(Job job, IReadOnlyList<string> texts, CancellationToken leave)
    {
        var result = await new EmbeddingClient(job.Model, new ApiKeyCredential(job.Key), Once(job.BaseUrl)).GenerateEmbeddingsAsync(texts, cancellationToken: leave);
        result.GetRawResponse().Headers.TryGetValue("x-request-id", out var id);
        return new() { RequestId = id, Vectors = [.. result.Value.Select(one => one.ToFloats().ToArray())], Usage = new(result.Value.Usage.InputTokenCount, 0, 0) };
    }

    private static OpenAIClientOptions Once(string url) => new() { Endpoint = new Uri(url + "/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };

    private static IEnumerable<ChatMessage> Messages(Ask ask)
    {
        if (ask.System is { } system)
        {
            yield return new SystemChatMessage(system);
        }

        yield return ask.Image is { } image
            ? new UserChatMessage(ChatMessageContentPart.CreateTextPart(ask.User), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Convert.FromBase64String(image)), "image/png"))
            : new UserChatMessage(ask.User);
    }

    private static ChatCompletionOptions Options(Ask ask)
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = ask.MaxTokens };
        foreach (var tool in ask.Tools ?? [])
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.Parameters.ToJsonString())));
        }

        foreach (var stop in ask.Stop ?? [])
        {
            options.StopSequences.Add(stop);
        }

        if (ask.Schema is { } schema)
        {
            options.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(schema.ToJsonString()), jsonSchemaIsStrict: true);
        }

        return options;
    }

    private static async Task<(Heard Heard, AssistantChatMessage Message)> AskAsync(ChatClient client, Job job, List<ChatMessage> messages, List<string> pieces, CancellationToken leave)
    {
        if (job.Stream)
        {
            return await StreamAsync(client, job, messages, pieces, leave);
        }

        var result = await client.CompleteChatAsync(messages, Options(job.Ask), leave);
        var answer = result.Value;
        var text = string.Concat(answer.Content.Select(part => part.Text));
        var heard = Hear(job, text, answer.Refusal, answer.FinishReason, answer.ToolCalls, answer.Usage);
        result.GetRawResponse().Headers.TryGetValue("x-request-id", out var id);
        return (heard with { RequestId = id }, new(answer));
    }

    private static async Task<(Heard Heard, AssistantChatMessage Message)> StreamAsync(ChatClient client, Job job, List<ChatMessage> messages, List<string> pieces, CancellationToken leave)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(leave);
        var (text, refusal, finish, usage) = (new StringBuilder(), new StringBuilder(), default(ChatFinishReason?), default(ChatTokenUsage));
        var calls = new SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)>();
        await foreach (var update in client.CompleteChatStreamingAsync(messages, Options(job.Ask), leaving.Token))
        {
            (finish, usage) = (update.FinishReason ?? finish, update.Usage ?? usage);
            refusal.Append(update.RefusalUpdate);
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces.Add(part.Text);
            }

            foreach (var call in update.ToolCallUpdates)
            {
                if (!calls.TryGetValue(call.Index, out var known))
                {
                    calls[call.Index] = known = (call.ToolCallId, call.FunctionName, new());
                }

                known.Arguments.Append(call.FunctionArgumentsUpdate);
            }

            if (job.Ask.Leaves && text.Length > 0)
            {
                await leaving.CancelAsync();
            }
        }

        List<ChatToolCall> whole = [.. calls.Values.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments.ToString())))];
        var heard = Hear(job, text.ToString(), refusal.Length > 0 ? refusal.ToString() : null, finish, whole, usage);
        return (heard, whole.Count > 0 ? new(whole) : new AssistantChatMessage(text.ToString()));
    }

    private static Heard Hear(Job job, string text, string? refusal, ChatFinishReason? finish, IReadOnlyList<ChatToolCall> calls, ChatTokenUsage? usage) => new()
    {
        Text = text,
        Refusal = refusal,
        Finish = finish switch
        {
            ChatFinishReason.Stop => "stop",
            ChatFinishReason.Length => "length",
            ChatFinishReason.ToolCalls => "tool_calls",
            ChatFinishReason.ContentFilter => "content_filter",
            _ => finish?.ToString(),
        },
        Calls = [.. calls.Select(call => new HeardCall(call.FunctionName, JsonNode.Parse(call.FunctionArguments)!.AsObject()))],
        Parsed = job.Ask.Schema is null ? null : JsonNode.Parse(text),
        Usage = usage is null ? null : new(usage.InputTokenCount, usage.InputTokenDetails?.CachedTokenCount ?? 0, usage.OutputTokenCount),
    };

    // Which of its kinds it is, is up to timing.
    private static string NameOf(Exception exception) => exception switch
    {
        IOException => nameof(IOException),
        OperationCanceledException => nameof(OperationCanceledException),
        _ => exception.GetType().Name,
    };

    private static HeardError Problem(Exception exception)
    {
        var error = new HeardError(NameOf(exception), exception.Message);
        if (exception is not ClientResultException { Status: > 0 } refusal || refusal.GetRawResponse() is not { } response)
        {
            return error;
        }

        response.Headers.TryGetValue("x-request-id", out var id);
        return error with { Status = refusal.Status, Code = (string?)JsonNode.Parse(response.Content)?["error"]?["code"], RequestId = id };
    }
}
