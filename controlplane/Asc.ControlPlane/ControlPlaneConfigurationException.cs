namespace Asc.ControlPlane;

/// <summary>The control plane can't run like this; the message is one line that says why and what to do.</summary>
public sealed class ControlPlaneConfigurationException(string message) : Exception(message);
