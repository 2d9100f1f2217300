using Asc.DataPlane.Reporting;

namespace Asc.DataPlane.Wire;

/// <summary>What one event of an answer's stream says, whatever the protocol. Filled in place, as one is read for each event of each stream.</summary>
internal struct StreamEvent
{
    /// <summary>The stream says that it is over: nothing follows.</summary>
    public static StreamEvent End { get; } = new() { IsEnd = true };

    /// <summary>Whether it carries any of the answer, be it empty: what carries usage alone may be ASC's own.</summary>
    public bool HasContent { get; set; }

    /// <summary>Length of what was generated: text, refusal, tool arguments, as written.</summary>
    public int GeneratedBytes { get; private set; }

    /// <summary>Where in the event's data the last of it stands, without its quotes.</summary>
    public JsonSlice Generated { get; private set; }

    /// <summary><paramref name="text"/> was generated, as it stands in the event's data.</summary>
    public void AddGenerated(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data)
    {
        if (data.Overlaps(text, out var start))
        {
            Generated = new(start, text.Length);
        }

        GeneratedBytes += text.Length;
    }

    /// <summary>A text of the event's data was generated.</summary>
    public void AddGenerated(JsonSlice text)
    {
        Generated = text;
        GeneratedBytes += text.Length;
    }

    /// <summary>Whether what the model thinks has begun, be it that nobody is shown it.</summary>
    public bool Thinks { get; set; }

    /// <summary>Whether it says why the answer ended.</summary>
    public bool Finished { get; set; }

    /// <summary>Of which choices it is, a bit each, where an answer can have several.</summary>
    public ulong Choices { get; set; }

    /// <summary>Of which of them it says why they ended.</summary>
    public ulong FinishedChoices { get; set; }

    /// <summary>Whether it is an error.</summary>
    public bool IsError { get; set; }

    /// <summary>Whether it says that the stream is over.</summary>
    public bool IsEnd { get; set; }

    /// <summary>The usage, where it carries all of it and that can be true.</summary>
    public TokenUsage? Usage { get; set; }

    /// <summary>Whether it carries any, be it one that can't be true (chat completions).</summary>
    public bool CarriesUsage { get; set; }

    /// <summary>Where in it the member stands that says that it carries no usage, as each does where usage was asked for.</summary>
    public JsonSlice NoUsage { get; set; }

    /// <summary>The prompt's part of the usage, as far as it carries that.</summary>
    public PromptUsage PromptUsage { get; set; }

    /// <summary>The answer's part of the usage so far, where it carries that.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>Of it, what the client doesn't see.</summary>
    public long ReasoningTokens { get; set; }

    /// <summary>Where in it the answer's id stands, where the protocol's errors name that.</summary>
    public JsonSlice AnswerId { get; set; }

    /// <summary>Where it says that the request is processed; null: it doesn't say.</summary>
    public string? Region { get; set; }
}
