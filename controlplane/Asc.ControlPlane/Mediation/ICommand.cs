using MediatR;

namespace Asc.ControlPlane.Mediation;

/// <summary>Something an admin does. Each leaves one admin record.</summary>
internal interface ICommand<out TResponse> : IRequest<TResponse>
{
    /// <summary>What is done, as records name it, e.g. "key.create".</summary>
    string Action { get; }

    /// <summary>The record's type: policy | key | admin.</summary>
    string EventType { get; }

    /// <summary>Says what is malformed about it; the state of things is the handler's business.</summary>
    void Validate(ArgumentProblems problems);
}
