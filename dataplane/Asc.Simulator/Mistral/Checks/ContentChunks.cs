namespace Asc.Simulator.Mistral.Checks;

/// <summary>The content of a message: text, or a list of chunks of the kinds that its role may have.</summary>
internal static class ContentChunks
{
    private const string Branch = "list[ContentChunk]";

    private static readonly Field Type = new("type", ValueRules.Text);

    private static readonly (string Tag, ValueRule Rule) Text = ("text", new Shape(Type, new Field("text", ValueRules.Text, Required: true)).Check);

    private static readonly (string Tag, ValueRule Rule) Reference =
        ("reference", new Shape(Type, new Field("reference_ids", ValueRules.ListOf(ValueRules.Any), Required: true)).Check);

    private static readonly (string Tag, ValueRule Rule) Thinking = ("thinking", new Shape(
        Type,
        new Field("thinking", ValueRules.ListOf(new Union("type", Text, Reference).Check), Required: true),
        new Field("signature", ValueRules.Text, Nullable: true),
        new Field("closed", ValueRules.Flag)).Check);

    private static readonly ValueRule Url = ValueRules.TextOr("ImageURL", new Shape(
        new Field("url", ValueRules.Text, Required: true),
        new Field("detail", ValueRules.OneOf("low", "auto", "high"), Nullable: true)).Check);

    private static readonly (string Tag, ValueRule Rule)[] Media =
    [
        ("image_url", new Shape(Type, new Field("image_url", Url, Required: true)).Check),
        ("document_url", new Shape(
            Type,
            new Field("document_url", ValueRules.Text, Required: true),
            new Field("document_name", ValueRules.Text, Nullable: true)).Check),
        ("file", new Shape(Type, new Field("file_id", ValueRules.Text, Required: true)).Check),
        ("input_audio", new Shape(Type, new Field("input_audio", ValueRules.Any, Required: true)).Check),
    ];

    /// <summary>What a system prompt consists of.</summary>
    public static ValueRule OfSystem { get; } = List(Text, Thinking);

    /// <summary>What everybody else may say.</summary>
    public static ValueRule All { get; } = List([Text, Reference, Thinking, .. Media]);

    private static ValueRule List(params (string Tag, ValueRule Rule)[] kinds) =>
        ValueRules.TextOr(Branch, ValueRules.ListOf(new Union("type", kinds).Check));
}
