using System.Reflection;
using System.Runtime.CompilerServices;

namespace KiwiBalancer.Tests.BadInput;

/// <summary>
/// Every public constructor, method and setter of an assembly that takes an argument, and which of its arguments can be wrong. A method that implements an interface of the same assembly stands under the interface alone. <see cref="ILimitSource"/> is called by the library only.
/// </summary>
internal static class PublicMembers
{
    public static IEnumerable<PublicMember> WithArguments(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where !type.IsEnum && !type.IsSubclassOf(typeof(Delegate)) && type != typeof(ILimitSource)
        from member in Declared(type)
        where member.GetParameters().Any(parameter => !parameter.IsOut) && !IsOfAnInterface(member, assembly)
        select new PublicMember(Text(type, member), [.. member.GetParameters().Where(CanBeWrong).Select(parameter => parameter.Name!)]);

    /// <summary>A number, a time, a choice, or what must not be null. Tokens, states and requests of the caller's own type may be anything.</summary>
    private static bool CanBeWrong(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return !parameter.IsOut &&
            (type == typeof(int) || type == typeof(TimeSpan) || type.IsEnum ||
            (!type.IsValueType && !type.IsGenericParameter && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull));
    }

    private static IEnumerable<MethodBase> Declared(Type type)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetConstructors(Flags).Concat<MethodBase>(type.GetMethods(Flags)).Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null || member.IsSpecialName);
    }

    private static bool IsOfAnInterface(MethodBase member, Assembly assembly) =>
        member.DeclaringType is { IsInterface: false } type &&
        type.GetInterfaces().Where(contract => contract.Assembly == assembly).Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(member));

    private static string Text(Type type, MethodBase member) => member switch
    {
        ConstructorInfo => $"new {Name(type)}({Parameters(member)})",
        { IsSpecialName: true } when member.Name.StartsWith("set_", StringComparison.Ordinal) => $"{Name(type)}.{member.Name[4..]} =",
        { IsGenericMethod: true } => $"{Name(type)}.{member.Name}<{TypeNames(member.GetGenericArguments())}>({Parameters(member)})",
        _ => $"{Name(type)}.{member.Name}({Parameters(member)})",
    };

    private static string Parameters(MethodBase member) => string.Join(", ", member.GetParameters().Select(parameter => parameter.Name));

    private static string Name(Type type) => type.Name.Split('`')[0] + (type.IsGenericType ? $"<{TypeNames(type.GetGenericArguments())}>" : "");

    private static string TypeNames(Type[] types) => string.Join(", ", types.Select(Name));
}
