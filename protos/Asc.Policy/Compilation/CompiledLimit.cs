namespace Asc.Policy.Compilation;

/// <summary>What a limit counts.</summary>
public enum LimitKind
{
    /// <summary>Requests per minute.</summary>
    Requests,

    /// <summary>Tokens per minute, read and generated.</summary>
    Tokens,

    /// <summary>Requests between their admission and the end of their answer.</summary>
    Concurrent,
}

/// <summary>Whose requests a limit counts together. A further kind of scope is a further member here.</summary>
public enum LimitScope
{
    /// <summary>Those of a tenant and all below it.</summary>
    Tenant,

    /// <summary>Of these, those that ask for some names.</summary>
    TenantModels,

    /// <summary>Those of one key; its tenant or an ancestor limits every key alike.</summary>
    TenantKey,

    /// <summary>Those of one key, which carries the limit itself.</summary>
    Key,

    /// <summary>Those that a model serves, of all tenants.</summary>
    Model,

    /// <summary>Those of one tenant that are of one class.</summary>
    TenantWorkload,
}

/// <summary>One limit, as requests meet it. Shared by all that it counts.</summary>
public sealed class CompiledLimit
{
    private readonly NameSet? names;

    internal CompiledLimit(LimitScope scope, LimitKind kind, long value, string subject, CompiledTenant? origin, string counted, NameSet? names = null, bool isObserved = false, string part = "")
    {
        Scope = scope;
        Kind = kind;
        Value = value;
        Subject = subject;
        Origin = origin;
        Counted = counted;
        this.names = names;
        IsObserved = isObserved;
        Part = part;
    }

    /// <summary>Whose requests it counts.</summary>
    public LimitScope Scope { get; }

    /// <summary>What it counts.</summary>
    public LimitKind Kind { get; }

    /// <summary>How much.</summary>
    public long Value { get; }

    /// <summary>
    /// Names the counter, with <see cref="Scope"/> and <see cref="Kind"/>, in every policy version alike: a change of the value goes on counting.
    /// Of <see cref="LimitScope.TenantKey"/> a key's id is still to be added.
    /// </summary>
    public string Subject { get; }

    /// <summary>The tenant that declares it; null where a key or a model does.</summary>
    public CompiledTenant? Origin { get; }

    /// <summary>As people read it: a tenant's path, a key's id, a model's name.</summary>
    public string Counted { get; }

    /// <summary>Which part of the requests of its scope: the patterns of <c>limits.models</c>, sorted and comma-separated, or the workload; empty: all.</summary>
    public string Part { get; }

    /// <summary>Whether it is recorded when it would refuse, and doesn't.</summary>
    public bool IsObserved { get; }

    /// <summary>Whether it counts a request that asks for <paramref name="name"/>.</summary>
    public bool Counts(CompiledName name) => names is not { } some || some.Contains(name);

    /// <summary>The limit that a key itself carries.</summary>
    public static CompiledLimit OfKey(string keyId, LimitKind kind, long value) => new(LimitScope.Key, kind, value, keyId, null, keyId);
}
