namespace KiwiBalancer.Tests.BadInput;

/// <summary>Every public member with every argument it must refuse: the exact exception, the parameter, a message that says what was given and what is allowed, and nothing changed by it.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, BadInputCase> Cases =
        new[] { BalancerCases.All, OptionCases.All, ClientCases.All, WorkCases.All, ContainerCases.All }.SelectMany(cases => cases).ToDictionary(wrong => wrong.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => new(Cases.Keys);

    public static TheoryData<string> NamesOfClientCases => new(Cases.Where(wrong => wrong.Value.Member.Contains("Client", StringComparison.Ordinal)).Select(wrong => wrong.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void Call_WithWhatIsNotAllowed_IsRefusedAndSaysWhatIs(string name) => AssertRefused(name, isBound: false);

    [Theory]
    [MemberData(nameof(NamesOfClientCases))]
    public void Call_OfAClientThatIsBoundToAServer_IsRefusedLikewise(string name) => AssertRefused(name, isBound: true);

    [Fact]
    public void Cases_OfEveryPublicMember_CoverEveryArgumentThatCanBeWrong()
    {
        var given = Cases.Values.Select(wrong => (wrong.Member, wrong.Parameter)).ToHashSet();
        var missing =
            from member in PublicMembers.WithArguments(typeof(Balancer).Assembly)
            from parameter in member.CanBeWrong
            where member.IsSetter ? given.All(wrong => wrong.Member != member.Text) : !given.Contains((member.Text, parameter))
            select $"{member.Text}: {parameter}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Cases_AllOfThem_AreOfMembersThatExist()
    {
        var members = PublicMembers.WithArguments(typeof(Balancer).Assembly).Select(member => member.Text);

        Assert.Empty(Cases.Values.Select(wrong => wrong.Member).Except(members, StringComparer.Ordinal));
    }

    private static void AssertRefused(string name, bool isBound)
    {
        var wrong = Cases[name];
        using var scene = new BadInputScene(isBound);

        var exception = Record.Exception(() => wrong.Call(scene));

        Assert.True(exception is not null, $"Not refused: {name}.");
        Assert.IsType(wrong.Exception, exception);
        Assert.Equal(wrong.Parameter, (exception as ArgumentException)?.ParamName);
        Assert.All(wrong.Says, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        scene.AssertUntouched();
    }
}
