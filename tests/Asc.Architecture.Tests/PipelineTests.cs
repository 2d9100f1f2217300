using Asc.ControlPlane;
using Asc.DataPlane;
using Asc.DataPlane.Stages;

namespace Asc.Architecture.Tests;

/// <summary>The request's way is a decision; whoever changes it changes this list too.</summary>
internal sealed class PipelineTests
{
    [Test]
    public void A_request_goes_this_way() => Assert.That(GatewayPipeline.Stages, Is.EqualTo(new[]
    {
        typeof(RecordExchange),
        typeof(Authenticate),
        typeof(ResolveTenant),
        typeof(ListModels),
        typeof(ReadRequest),
        typeof(MeterUsage),
        typeof(AdmitRequest),
        typeof(ChooseRoute),
        typeof(LimitRate),
        typeof(EstimateTokens),
        typeof(CallProvider),
        typeof(StreamResponse),
    }));

    [Test]
    public void Every_stage_there_is_is_on_the_way() => Assert.That(
        typeof(GatewayPipeline).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IStage))), Is.EquivalentTo(GatewayPipeline.Stages));

    [Test]
    public void Stages_are_sealed_and_stand_together() => Assert.Multiple(() =>
    {
        foreach (var stage in GatewayPipeline.Stages)
        {
            Assert.That(stage.IsSealed, stage.Name);
            Assert.That(stage.Namespace, Is.EqualTo("Asc.DataPlane.Stages"), stage.Name);
            Assert.That(stage.IsPublic, Is.False, stage.Name);
        }
    });

    [Test]
    public void Commands_and_their_handlers_are_sealed()
    {
        var handlers = typeof(ControlPlaneOptions).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(one => one.Namespace == "MediatR")).ToArray();
        Assert.That(handlers, Is.Not.Empty);
        Assert.That(handlers.Where(type => !type.IsSealed), Is.Empty);
    }
}
