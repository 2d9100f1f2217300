using Grpc.Core;

namespace Asc.Dev;

/// <summary>
/// This run's node tokens; those of the runs before die. A control plane lists no tokens, so the data folder keeps their ids, never the tokens.
/// </summary>
internal sealed class NodeTokens(DevControlPlane controlPlane, string dataDirectory)
{
    private readonly string file = Path.Combine(dataDirectory, "node-tokens");

    public async Task RevokeEarlierAsync(CancellationToken cancellation)
    {
        var ids = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellation) : [];
        foreach (var id in ids)
        {
            try
            {
                await controlPlane.Admin.RevokeNodeTokenAsync(new() { Id = id }, controlPlane.Call, cancellationToken: cancellation);
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
            {
                // A store that was thrown away knows it no more, and half a line was never whole.
            }
        }

        File.Delete(file);
    }

    public async Task<string> IssueAsync(string region, CancellationToken cancellation)
    {
        var issued = await controlPlane.Admin.CreateNodeTokenAsync(new() { Pool = $"dev-{region}", Region = region }, controlPlane.Call, cancellationToken: cancellation);
        await File.AppendAllLinesAsync(file, [issued.Id], cancellation);
        return issued.Token;
    }
}
