namespace Asc.Dev;

/// <summary>What a person sees once all is ready: where things are, and a first request.</summary>
internal static class Banner
{
    public static void Print(DevJson dev, string devJsonPath, FirstRequest? first, TextWriter output)
    {
        output.WriteLine($"ASC is ready, policy version {dev.PolicyVersion}. For development only: no TLS, all on 127.0.0.1.");
        output.WriteLine();
        output.WriteLine($"  control plane   {dev.ControlPlane}");
        foreach (var node in dev.Nodes)
        {
            output.WriteLine($"  node {node.Name,-10} {node.Url}   (health: {node.Admin}/readyz)");
        }

        if (dev.Simulator is not null)
        {
            output.WriteLine($"  simulator       {dev.Simulator}");
        }

        output.WriteLine($"  data            {dev.DataDir}");
        output.WriteLine();
        foreach (var key in dev.Keys)
        {
            output.WriteLine($"  key of {key.Tenant,-13} {key.Key}");
        }

        output.WriteLine();
        output.WriteLine("Put asc on the path:");
        output.WriteLine($"  export PATH=\"{Path.GetDirectoryName(dev.Cli)}:$PATH\" ASC_DEV=\"{devJsonPath}\"");
        if (first is not null)
        {
            output.WriteLine();
            output.WriteLine("Ask:");
            output.WriteLine($"  curl {first.Node.Url}/v1/chat/completions -H 'authorization: Bearer {first.Key.Key}' -H 'content-type: application/json' \\");
            output.WriteLine($"    -d '{{\"model\":\"{first.Model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"Hello\"}}]}}'");
        }

        output.WriteLine();
        output.WriteLine("Ctrl-C stops all.");
    }
}
