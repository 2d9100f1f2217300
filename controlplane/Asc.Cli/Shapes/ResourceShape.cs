using System.Text.Json.Nodes;
using Asc.Contracts.Admin.V1;
using Asc.Contracts.Policy;
using Asc.PolicyFiles;

namespace Asc.Cli.Shapes;

internal sealed record ResourceShape(string Kind, string Name, bool Published, bool Disabled, JsonObject Resource)
{
    public static ResourceShape Of(ListedResource listed) => new(
        listed.Resource.Kind(), listed.Resource.Identity(), listed.Published, listed.Disabled, ResourceWriter.ToJson(listed.Resource));
}
