namespace KiwiBalancer.Clients;

/// <summary>One thing that is wrong with options: what was given, what is allowed.</summary>
internal sealed record OptionProblem(string Option, object? Given, string Allowed, bool IsOutOfRange = true)
{
    public ArgumentException ToException(string parameter) => IsOutOfRange
        ? new ArgumentOutOfRangeException(parameter, Given, $"{Option} {Allowed}")
        : new ArgumentException($"{Option} {Allowed}", parameter);

    /// <inheritdoc/>
    public override string ToString() => IsOutOfRange ? $"{Option} is {Given}; it {Allowed}" : $"{Option} {Allowed}";
}
