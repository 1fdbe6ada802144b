using System.Reflection;
using KiwiBalancer.Package.Tests.Support;

namespace KiwiBalancer.Package.Tests.Rules;

/// <summary>What users see of the packages.</summary>
internal static class ShippedTypes
{
    public const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly[] Assemblies { get; } = [.. Repository.Packages.Select(package => Assembly.Load(new AssemblyName(package)))];

    public static Type[] All { get; } = [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes())];

    /// <summary>Constructors, methods, properties and events that a user can name; accessors stand under their properties.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (method is ConstructorInfo || !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        PropertyInfo property => property.GetAccessors(nonPublic: false).Length > 0,
        EventInfo => true,
        FieldInfo field => field.IsPublic,
        _ => false,
    });
}
