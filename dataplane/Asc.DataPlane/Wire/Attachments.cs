namespace Asc.DataPlane.Wire;

/// <summary>What comes with a request as data, base64 in its body.</summary>
/// <param name="Bytes">As written.</param>
/// <param name="Tokens">At most so many are they to a model, whatever their length.</param>
internal readonly record struct Attachments(int Bytes, long Tokens)
{
    // The largest picture at the highest detail, of any provider (facts: OpenAI some 1,500, Anthropic some 4,800).
    private const long ImageMaximum = 5000;

    public Attachments WithImage(int bytes) => new(Bytes + bytes, Tokens + Math.Min(bytes, ImageMaximum));

    /// <summary>Of a file's text and pages.</summary>
    public Attachments WithFile(int bytes) => new(Bytes + bytes, Tokens + UsageMeter.PromptTokens(bytes));
}
