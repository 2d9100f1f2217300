using System.Text.Json;
using Asc.Simulator.Answers;
using Asc.Simulator.Dialects;

namespace Asc.Simulator.Azure;

/// <summary>The refusal of a prompt that the platform's filter did not let through to the model.</summary>
internal sealed class FilteredPrompt : IProviderError
{
    public int Status => 400;

    /// <summary>Null if nothing is wrong with what the user said.</summary>
    public static FilteredPrompt? Check(string userText) => MagicWords.AskForContentFilter(userText) ? new FilteredPrompt() : null;

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString(
            "message", "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. "
            + "To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766");
        json.WriteNull("type");
        json.WriteString("param", "prompt");
        json.WriteString("code", "content_filter");
        json.WriteNumber("status", Status);
        json.WriteStartObject("innererror");
        json.WriteString("code", "ResponsibleAIPolicyViolation");
        json.WritePropertyName("content_filter_result");
        FilterResults.Write(json, filtered: "violence");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
