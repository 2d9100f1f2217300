using Asc.Persistence.Policies;
using Asc.Policy.Compilation;

namespace Asc.ControlPlane.Policies;

/// <summary>A published version, compiled.</summary>
internal sealed record PublishedPolicy(PolicyVersion Row, PolicyContent Content, CompiledPolicy Compiled)
{
    public long Number => Row.Version;
}
