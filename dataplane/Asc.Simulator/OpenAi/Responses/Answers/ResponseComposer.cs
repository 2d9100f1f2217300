using Asc.Simulator.Answers;
using Asc.Simulator.OpenAi.Answers;
using Asc.Simulator.Wire;

namespace Asc.Simulator.OpenAi.Responses.Answers;

/// <summary>Works out a response: what a chat would be answered, as items.</summary>
internal sealed class ResponseComposer(AnswerComposer composer, ResponseStore store)
{
    private const int IdLength = 48;

    /// <param name="request">What is asked.</param>
    /// <param name="account">Who asks.</param>
    public ResponseAnswer Compose(ResponseRequest request, string account)
    {
        var question = request.Question;
        var chat = composer.Compose(question, account);
        var choice = chat.Choices[0];
        var answer = new ResponseAnswer(
            WireId.New("resp_", IdLength), request, chat, [.. Items(request, choice, account)], IncompleteReason(choice));
        if (request.IsStored)
        {
            var said = ResponsePrompt.Said(string.Concat(choice.Text) + string.Concat(choice.ToolCalls.SelectMany(call => call.Input)));
            var calls = answer.Items.OfType<CallItem>().Select(call => call.CallId);
            store.Keep(answer.Id, new StoredResponse([.. calls], [.. question.Prompt, said]), answer.Items.Select(item => item.Id));
        }

        return answer;
    }

    private static string? IncompleteReason(ChatChoice choice) => choice.FinishReason switch
    {
        FinishReason.Length => "max_output_tokens",
        FinishReason.ContentFilter => "content_filter",
        _ => null,
    };

    private static IEnumerable<OutputItem> Items(ResponseRequest request, ChatChoice choice, string account)
    {
        // Unasked too, though it is not counted then.
        if (ModelTraits.ThinksAt(request.Question.Effort, request.Model))
        {
            var id = WireId.New("rs_", IdLength);
            List<string> summary = request.SummarizesReasoning ? TokenPieces.Of("**Thinking it over** A simulator has little to think about that.") : [];
            yield return new ReasoningItem(id, summary, choice.ReasoningTokens, request.EncryptsReasoning ? EncryptedReasoning.Seal(id, account) : null);
        }

        var isWhole = IncompleteReason(choice) is null;
        if (choice.Text.Count > 0)
        {
            yield return new MessageItem(WireId.New("msg_", IdLength), choice.Text, isWhole, choice.IsRefusal);
        }

        foreach (var call in choice.ToolCalls)
        {
            yield return new CallItem(
                WireId.New(call.IsCustom ? "ctc_" : "fc_", IdLength), call.Input, isWhole || call != choice.ToolCalls[^1], call.IsCustom, call.Id, call.Name);
        }
    }
}
