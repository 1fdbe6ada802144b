namespace KiwiBalancer.Gateway.Operator;

/// <summary>Marks an endpoint that only the operator may ask.</summary>
internal sealed class OperatorOnly;
