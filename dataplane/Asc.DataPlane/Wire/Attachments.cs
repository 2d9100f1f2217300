namespace Asc.DataPlane.Wire;

/// <summary>What comes with a request as data, base64 in its body.</summary>
/// <param name="Bytes">As written.</param>
/// <param name="Tokens">At most so many are they to a model, whatever their length: what limits hold.</param>
/// <param name="Estimate">About so many: what clients are told, and records where no provider tells.</param>
internal readonly record struct Attachments(int Bytes, long Tokens, long Estimate)
{
    // The largest picture at the highest detail, of any provider (facts: OpenAI some 1,500, Anthropic some 4,800).
    private const long ImageMaximum = 5000;

    // A PDF is its pages to a model, as text and picture some 3,000 tokens each at most (facts: Anthropic 1,500 to 3,000 of text, and the picture), and most of its
    // bytes are fonts and pictures: a page is rarely less than 25 KB in base64.
    private const long PageTokens = 3000;
    private const long PageBytes = 25_000;

    public Attachments WithImage(int bytes) => With(bytes, Math.Min(bytes, ImageMaximum));

    /// <summary>Of a file's text and pages.</summary>
    public Attachments WithFile(int bytes) => With(bytes, UsageMeter.PromptTokens(bytes)) with { Estimate = Estimate + Math.Min(UsageMeter.PromptTokens(bytes), (bytes + PageBytes - 1) / PageBytes * PageTokens) };

    /// <summary>A document that is text, as it is.</summary>
    public Attachments WithText(int bytes) => With(bytes, UsageMeter.PromptTokens(bytes));

    private Attachments With(int bytes, long tokens) => new(Bytes + bytes, Tokens + tokens, Estimate + tokens);
}
