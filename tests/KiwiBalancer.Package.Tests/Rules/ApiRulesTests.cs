using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KiwiBalancer.Package.Tests.Rules;

/// <summary>Rules of the public API that prose alone would not keep.</summary>
public sealed partial class ApiRulesTests
{
    /// <summary>Packages whose public types speak the language of somebody else's API.</summary>
    private static readonly string[] Adapters = ["KiwiBalancer.RateLimiting"];

    /// <summary>Abstract, but only the library's own types derive from them: no constructor is visible.</summary>
    private static bool CanBeInherited(Type type) => type is { IsClass: true, IsSealed: false } && type.GetConstructors(ShippedTypes.Declared).Any(constructor => constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly);

    [Fact]
    public void Classes_AllOfThem_AreSealedOrClosedToHeirs() => Assert.DoesNotContain(ShippedTypes.All, CanBeInherited);

    [Fact]
    public void Names_AllOfThem_KeepToTheVocabulary()
    {
        var names =
            from type in ShippedTypes.All
            where !Adapters.Contains(type.Assembly.GetName().Name, StringComparer.Ordinal)
            from name in ShippedTypes.MembersOf(type).Where(member => member is not MethodInfo method || method.GetBaseDefinition().DeclaringType?.Assembly == type.Assembly).SelectMany(Names).Prepend(type.Name)
            where Banned().IsMatch(name.Replace("CancellationToken", "", StringComparison.OrdinalIgnoreCase))
            select $"{type.Name}: {name}";

        Assert.Empty(names);
    }

    [Fact]
    public void Namespaces_OfAllTypes_AreThoseOfTheirPackage() =>
        Assert.DoesNotContain(ShippedTypes.All, type => type.Namespace != "KiwiBalancer" && type.Namespace != type.Assembly.GetName().Name);

    [Fact]
    public void AsynchronousMethods_AllOfThem_AreNamedSoAndTakeATokenLastWithADefault()
    {
        var wrong =
            from type in ShippedTypes.All
            from method in ShippedTypes.MembersOf(type).OfType<MethodInfo>()
            where IsAsynchronous(method.ReturnType) && !IsGivenByOthers(method)
            let last = method.GetParameters().LastOrDefault()
            where !method.Name.EndsWith("Async", StringComparison.Ordinal) || last?.ParameterType != typeof(CancellationToken) || (!last.HasDefaultValue && !IsForUsersToImplement(method))
            select $"{type.Name}.{method.Name}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void SynchronousMethods_AllOfThem_AreNotNamedAsync() => Assert.Empty(
        from type in ShippedTypes.All
        from method in ShippedTypes.MembersOf(type).OfType<MethodInfo>()
        where method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsAsynchronous(method.ReturnType)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void Types_AllOfThem_AreDocumented()
    {
        var documented = ShippedTypes.Assemblies
            .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            .Where(member => member.Elements().Any(element => element.Name.LocalName is "summary" or "inheritdoc"))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(ShippedTypes.All.Select(type => "T:" + type.FullName!.Replace('+', '.')).Except(documented, StringComparer.Ordinal));
    }

    [Fact]
    public void Fields_NoneOfThem_ArePublic() => Assert.Empty(
        ShippedTypes.All.Where(type => !type.IsEnum).SelectMany(type => type.GetFields()).Where(field => field is { IsLiteral: false }).Select(field => $"{field.DeclaringType!.Name}.{field.Name}"));

    [Fact]
    public void TypesOfTheHelperKind_NoneOfThem_Exist() =>
        Assert.DoesNotContain(ShippedTypes.Assemblies.SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name), name => Helper().IsMatch(name));

    private static IEnumerable<string> Names(MemberInfo member) => member is MethodBase method
        ? method.GetParameters().Select(parameter => parameter.Name ?? "").Prepend(member.Name)
        : [member.Name];

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) ||
        (type.IsGenericType && (type.GetGenericTypeDefinition() is var kind) && (kind == typeof(Task<>) || kind == typeof(ValueTask<>) || kind == typeof(IAsyncEnumerable<>)));

    /// <summary>Implements or overrides what another assembly has laid down.</summary>
    private static bool IsGivenByOthers(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType!.Assembly != method.DeclaringType!.Assembly ||
        (method.DeclaringType is { IsInterface: false } type &&
        type.GetInterfaces().Where(contract => contract.Assembly != type.Assembly).Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method))) ||
        method.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>Called by the library, never by a user, so a default would be for nobody.</summary>
    private static bool IsForUsersToImplement(MethodInfo method) => method.DeclaringType!.Name.StartsWith("IServer`", StringComparison.Ordinal);

    [GeneratedRegex("permit|token|tenant|bucket", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Banned();

    [GeneratedRegex("(Utils?|Helpers?|Manager|Impl)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Helper();
}
