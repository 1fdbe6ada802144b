namespace KiwiBalancer.Tests.BadInput;

/// <summary>One call with one thing wrong, and how it must be refused.</summary>
/// <param name="Member">What is called, as <see cref="PublicMembers"/> writes it.</param>
/// <param name="Given">What is wrong with the call.</param>
/// <param name="Exception">The exact type.</param>
/// <param name="Parameter">The parameter that the exception names; null if it is none that names one.</param>
/// <param name="Says">What the message must say: what was given, what is allowed.</param>
/// <param name="Call">The call.</param>
internal sealed record BadInputCase(string Member, string Given, Type Exception, string? Parameter, string[] Says, Action<BadInputScene> Call)
{
    public string Name => $"{Member}: {Given}";

    public static BadInputCase Null(string member, string parameter, Action<BadInputScene> call) =>
        new(member, $"{parameter} is null", typeof(ArgumentNullException), parameter, ["null"], call);

    public static BadInputCase Blank(string member, string parameter, Action<BadInputScene> call) =>
        new(member, $"{parameter} is blank", typeof(ArgumentException), parameter, ["cannot be an empty string"], call);

    public static BadInputCase Range(string member, string parameter, object given, string allowed, Action<BadInputScene> call) =>
        new(member, $"{parameter} {given}", typeof(ArgumentOutOfRangeException), parameter, [$"{given}", allowed], call);

    public static BadInputCase Wrong(string member, string given, string parameter, string[] says, Action<BadInputScene> call) =>
        new(member, given, typeof(ArgumentException), parameter, says, call);

    public static BadInputCase Conflict(string member, string given, string[] says, Action<BadInputScene> call) =>
        new(member, given, typeof(InvalidOperationException), null, says, call);
}
