namespace KiwiBalancer.Tests.BadInput;

/// <param name="Text">The member with the names of its parameters, as <see cref="BadInputCase.Member"/> has it.</param>
/// <param name="CanBeWrong">The parameters for which there are values that must be refused.</param>
internal sealed record PublicMember(string Text, string[] CanBeWrong)
{
    public bool IsSetter => Text.EndsWith(" =", StringComparison.Ordinal);
}
