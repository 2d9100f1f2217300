namespace Asc.DataPlane;

/// <summary>One step of a request's way.</summary>
internal interface IStage
{
    /// <summary>The way in. What it throws becomes the exchange's fault, which ends the way.</summary>
    /// <returns>False where the way ends here: the exchange's error says why.</returns>
    ValueTask<bool> EnterAsync(GatewayExchange exchange);

    /// <summary>The way out, for every stage that was entered, whatever became of the request further in.</summary>
    ValueTask LeaveAsync(GatewayExchange exchange) => default;
}
