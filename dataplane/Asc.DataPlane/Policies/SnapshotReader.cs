using System.Security.Cryptography;
using Asc.Contracts.Distribution.V1;
using Asc.Contracts.Policy;
using Asc.Contracts.Policy.V1;
using Asc.Contracts.Signing;
using Asc.Policy.Compilation;
using Asc.Policy.Decisions;
using Asc.Policy.Documents;
using Asc.Policy.Evaluation;
using Asc.Policy.Validation;
using Google.Protobuf;

namespace Asc.DataPlane.Policies;

/// <summary>
/// From bytes to a policy that may be enforced: signature, region, digests, unknown fields, validation, compilation, golden decisions.
/// The same door for what the control plane streams and what the node's own volume kept.
/// </summary>
internal sealed class SnapshotReader(ISignatureVerifier signatures, NodeIdentity node)
{
    /// <summary>Checks who signed it and for which region; nothing else of it is believed before.</summary>
    /// <exception cref="NackException">It is not to be enforced.</exception>
    public Manifest ReadManifest(SignedManifest signed)
    {
        if (signatures.Problem(SignaturePurpose.Manifest, signed.Manifest.Span, signed.Signature) is { } problem)
        {
            throw new NackException(NackReason.Signature, $"the manifest is refused: {problem}");
        }

        var manifest = Parse(Manifest.Parser, signed.Manifest, "the manifest");
        return manifest.Region == node.Region
            ? manifest
            : throw new NackException(NackReason.Region, $"the manifest is for region {manifest.Region}, and this node is in {node.Region}");
    }

    /// <summary>Compiles what the manifest lists and lets it prove itself.</summary>
    /// <param name="contents">Each resource's bytes by SHA-256; all that the manifest lists.</param>
    /// <exception cref="NackException">It is not to be enforced.</exception>
    public EnforcedPolicy Compile(SignedManifest signed, Manifest manifest, IReadOnlyDictionary<ByteString, ByteString> contents)
    {
        try
        {
            return CompileChecked(signed, manifest, contents);
        }
        catch (Exception exception) when (exception is not NackException)
        {
            // Whatever a snapshot makes this code do, the answer is a nack: the one in force stays, and the publisher learns why.
            throw new NackException(NackReason.Invalid, exception.Message);
        }
    }

    private EnforcedPolicy CompileChecked(SignedManifest signed, Manifest manifest, IReadOnlyDictionary<ByteString, ByteString> contents)
    {
        var document = ReadDocument(manifest, contents);
        // Who grew and who was narrowed its publisher has told apart; here the meet is enforced either way.
        var errors = PolicyValidator.Validate(document, published: document).Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
        {
            throw new NackException(NackReason.Invalid, $"{errors.Length} errors, the first: {errors[0].Kind} {errors[0].Name} {errors[0].Path}: {errors[0].Message}");
        }

        var compiled = PolicyCompiler.Compile(document, manifest.Version);
        var manifestSha256 = ByteString.CopyFrom(SHA256.HashData(signed.Manifest.Span));
        var enforced = new EnforcedPolicy(new Snapshot(signed, manifest, manifestSha256, contents), compiled, node.Region);
        CheckGoldenDecisions(enforced);
        return enforced;
    }

    private static PolicyDocument ReadDocument(Manifest manifest, IReadOnlyDictionary<ByteString, ByteString> contents)
    {
        var resources = new List<Resource>(manifest.Resources.Count);
        var tenantIds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in manifest.Resources)
        {
            if (!contents.TryGetValue(reference.Sha256, out var content) || !SHA256.HashData(content.Span).AsSpan().SequenceEqual(reference.Sha256.Span))
            {
                throw new NackException(NackReason.Fetch, $"{reference.Kind} {reference.Name} is missing, or its content does not fit its digest");
            }

            var resource = Parse(Resource.Parser, content, $"{reference.Kind} {reference.Name}");
            if (resource.Kind() != reference.Kind || resource.Identity() != reference.Name)
            {
                throw new NackException(NackReason.Fetch, $"the manifest calls {resource.Kind()} {resource.Identity()} a {reference.Kind} {reference.Name}");
            }

            if (reference.TenantId.Length > 0)
            {
                tenantIds.Add(reference.Name, reference.TenantId);
            }

            resources.Add(resource);
        }

        return resources.ToDocument(path => tenantIds.GetValueOrDefault(path));
    }

    private void CheckGoldenDecisions(EnforcedPolicy policy)
    {
        foreach (var golden in policy.Snapshot.Manifest.GoldenDecisions)
        {
            var decision = policy.Compiled.FindTenant(golden.Tenant) is { } tenant
                ? PolicyEvaluator.Evaluate(new(tenant, policy.Compiled.FindName(golden.Model), policy.NodeRegion, null, AccessSwitches.None) { Attribution = RequestAttribution.Exemplary(policy.Compiled, tenant) })
                : default;
            var (code, provider) = (decision.Code.WireName(), decision.Candidate?.Provider.Name ?? "");
            if (code != golden.Code || provider != golden.Provider)
            {
                throw new NackException(
                    NackReason.GoldenDecision,
                    $"{golden.Tenant} asking {node.Region} for {golden.Model}: the publisher decided \"{golden.Code}{golden.Provider}\", this node \"{code}{provider}\"");
            }
        }
    }

    private static T Parse<T>(MessageParser<T> parser, ByteString content, string what)
        where T : IMessage<T>
    {
        try
        {
            var message = UnknownFields.Parse(parser, content.Span, out var hasUnknown);
            return hasUnknown
                ? throw new NackException(NackReason.UnknownField, $"{what} holds a field that this build does not know: update the node")
                : message;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new NackException(NackReason.Invalid, $"{what} can't be read: {exception.Message}");
        }
    }
}
