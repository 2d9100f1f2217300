using System.Collections.Immutable;

namespace Asc.Policy.Documents;

/// <summary>Which requests a target takes: those that fulfil every part that is written.</summary>
/// <param name="Workloads">Any of these classes; empty: any class.</param>
/// <param name="Tags">By tag, any of these values.</param>
/// <param name="DataClasses">Any of these classes; empty: any data.</param>
/// <param name="AtLeast">Prompt tokens, estimated.</param>
/// <param name="AtMost">Prompt tokens, estimated; null: no end.</param>
/// <param name="Uses">All of these.</param>
public sealed record TargetConditionDocument(
    ImmutableArray<string> Workloads,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Tags,
    ImmutableArray<string> DataClasses,
    long AtLeast = 0,
    long? AtMost = null,
    Capabilities Uses = Capabilities.None);

/// <summary>What a request can use, and a model can do.</summary>
[Flags]
public enum Capabilities
{
    None = 0,

    /// <summary>Functions that the model may call.</summary>
    Tools = 1,

    /// <summary>Images in the prompt.</summary>
    Vision = 2,

    /// <summary>Answers held to a JSON schema.</summary>
    JsonSchema = 4,

    /// <summary>Answers as server-sent events.</summary>
    Streaming = 8,

    /// <summary>Conversations, by whichever protocol.</summary>
    Chat = 16,

    /// <summary>Vectors for texts.</summary>
    Embeddings = 32,

    /// <summary>What is missing in the middle of a text.</summary>
    Fim = 64,

    /// <summary>What kind of thing a model is: a request needs the one of its operation.</summary>
    Kinds = Chat | Embeddings | Fim,

    All = Tools | Vision | JsonSchema | Streaming | Kinds,
}
