namespace Asc.Contracts.Credentials;

/// <summary>The kinds of bearer secret, told apart by how they begin, so that a leaked one is recognised and a mistaken one refused.</summary>
public sealed class SecretKind
{
    private SecretKind(string textPrefix, string idPrefix) => (TextPrefix, IdPrefix) = (textPrefix, idPrefix);

    /// <summary>What applications present to a node.</summary>
    public static SecretKind ApiKey { get; } = new("asc_", "k_");

    /// <summary>What admins present to the control plane.</summary>
    public static SecretKind AdminToken { get; } = new("asca_", "a_");

    /// <summary>What nodes present to the control plane.</summary>
    public static SecretKind NodeToken { get; } = new("ascn_", "n_");

    /// <summary>How the secret begins.</summary>
    public string TextPrefix { get; }

    /// <summary>How its id begins.</summary>
    public string IdPrefix { get; }
}
