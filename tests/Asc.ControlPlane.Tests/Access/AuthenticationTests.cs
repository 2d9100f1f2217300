using Asc.Contracts.Credentials;
using Asc.Contracts.Distribution.V1;
using Asc.ControlPlane.Tests.Testing;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Asc.ControlPlane.Tests.Access;

internal sealed class AuthenticationTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static IEnumerable<MethodDescriptor> Methods =>
        new[] { Contracts.Admin.V1.Admin.Descriptor, PolicyDistribution.Descriptor, Contracts.Telemetry.V1.Telemetry.Descriptor }.SelectMany(service => service.Methods);

    [Test]
    public async Task Every_method_refuses_who_has_no_token_another_kind_or_a_dead_one()
    {
        await using var plane = await TestPlane.StartAsync();
        var node = await plane.NodeTokenAsync("eu");
        var deadNode = await plane.NodeTokenAsync("eu");
        await plane.Admin.RevokeNodeTokenAsync(new() { Id = deadNode.Id });
        var deadAdmin = plane.Note(await plane.Admin.CreateAdminTokenAsync(new() { Name = "gone" }), issued => issued.Token);
        await plane.Admin.RevokeAdminTokenAsync(new() { Id = deadAdmin.Id });

        foreach (var method in Methods)
        {
            var isAdmin = method.Service == Contracts.Admin.V1.Admin.Descriptor;
            string?[] tokens =
            [
                null, "", "nonsense", isAdmin ? node.Token : plane.AdminToken, isAdmin ? deadAdmin.Token : deadNode.Token,
                plane.Note(BearerSecret.Issue(isAdmin ? SecretKind.AdminToken : SecretKind.NodeToken).Reveal(), secret => secret),
                Altered(isAdmin ? plane.AdminToken : node.Token),
            ];
            foreach (var token in tokens)
            {
                Assert.That(await StatusOfAsync(plane.As(token), method), Is.EqualTo(StatusCode.Unauthenticated), $"{method.FullName} with {token}");
            }
        }
    }

    [Test]
    public async Task Without_any_admin_token_nobody_is_let_in()
    {
        await using var plane = await TestPlane.StartAsync();
        using (var scope = plane.Services.CreateScope())
        {
            var store = (Persistence.ControlPlaneStore)scope.ServiceProvider.GetService(typeof(Persistence.ControlPlaneStore))!;
            await store.WriteAsync(database =>
            {
                database.AdminTokens.RemoveRange(database.AdminTokens);
                return Task.FromResult(0);
            }, CancellationToken.None);
        }

        var (status, error) = await Refusal.OfAsync(plane.Admin.ListNodesAsync(new()));
        Assert.That((status, error.Code), Is.EqualTo((StatusCode.Unauthenticated, "unauthenticated")));
    }

    [Test]
    public async Task The_last_admin_token_is_not_revoked_and_names_are_unique()
    {
        await using var plane = await TestPlane.StartAsync();
        var (_, twice) = await Refusal.OfAsync(plane.Admin.CreateAdminTokenAsync(new() { Name = "root" }));
        Assert.That(twice.Code, Is.EqualTo("conflict"));
        var id = SecretKind.AdminToken.IdPrefix + plane.AdminToken[SecretKind.AdminToken.TextPrefix.Length..][..BearerSecret.IdLength];
        var (_, last) = await Refusal.OfAsync(plane.Admin.RevokeAdminTokenAsync(new() { Id = id }));
        Assert.That(last.Code, Is.EqualTo("conflict"));
    }

    private static string Altered(string token) => $"{token[..^1]}{(token[^1] == '0' ? '1' : '0')}";

    private static async Task<StatusCode> StatusOfAsync(CallInvoker invoker, MethodDescriptor method)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (false, true) => MethodType.ServerStreaming,
            (true, false) => MethodType.ClientStreaming,
            (true, true) => MethodType.DuplexStreaming,
        };
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(call, null, default, []);
                    break;
                case MethodType.ServerStreaming:
                    await invoker.AsyncServerStreamingCall(call, null, default, []).ResponseStream.MoveNext(CancellationToken.None);
                    break;
                default:
                    await invoker.AsyncDuplexStreamingCall(call, null, default).ResponseStream.MoveNext(CancellationToken.None);
                    break;
            }

            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
