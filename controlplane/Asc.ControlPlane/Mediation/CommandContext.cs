using Asc.ControlPlane.Access;
using Asc.Persistence;

namespace Asc.ControlPlane.Mediation;

/// <summary>What one command's handler works with: the transaction's context, the caller, and the record that it must fill in.</summary>
internal sealed class CommandContext
{
    private ControlPlaneContext? database;
    private RecordDraft? record;

    /// <summary>The transaction's; another one when it is tried again.</summary>
    public ControlPlaneContext Database => database ?? throw new InvalidOperationException("no transaction is open");

    /// <summary>Who commands; set by the edge.</summary>
    public AdminCaller? Caller { get; set; }

    /// <summary>What the admin record will say.</summary>
    public RecordDraft Record => record ?? throw new InvalidOperationException("no transaction is open");

    /// <summary>Set by a command that only tells what it would do: nothing is kept, not even a record.</summary>
    public bool IsRehearsal { get; set; }

    public void Begin(ControlPlaneContext context)
    {
        database = context;
        record = new();
        IsRehearsal = false;
    }
}
